import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificate, PASSPHRASE, tool } from './certificate.mjs';

export const HERE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const ROOT = path.resolve(HERE, '../..');

const SAMPLES = path.join(ROOT, 'src/samples');
const PORTS = ['billing', 'plain', 'notes', 'proxy', 'callback', 'metadata', 'python', 'typescript', 'java'];
const CREDENTIALS = { BILLING_CLIENT_ID: 'billing-mcp', BILLING_CLIENT_SECRET: 'billing-secret' };

/** Builds what `mvn package` would have built, where it is missing or old. */
export function build() {
  for (const script of ['bin/sandbox', 'bin/samples', 'bin/guard-proxy']) {
    execFileSync(path.join(ROOT, script), ['--build'], { stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 });
  }
}

/**
 * Starts AM's stand-in and the billing server.
 *
 * @returns all that a test needs to know, as JSON values
 */
export async function start(processes, directory) {
  const ports = Object.fromEntries(
    await Promise.all(PORTS.map(async (name) => [name, await freePort()])),
  );
  const billing = `http://127.0.0.1:${ports.billing}/mcp`;
  const callback = `http://127.0.0.1:${ports.callback}/callback`;
  const notes = `http://127.0.0.1:${ports.proxy}/mcp`;
  mkdirSync(directory, { recursive: true });
  const store = path.join(SAMPLES, 'demo/store.fga.yaml');
  copyFileSync(store, path.join(directory, 'store.fga.yaml'));
  const [orders, tuples] = starterBlocks(ports);
  writeFileSync(path.join(directory, 'orders.fga.yaml'), readFileSync(store, 'utf8') + tuples);
  copyFileSync(path.join(ROOT, 'assembly/bundle/consent-form.html'), path.join(directory, 'consent-form.html'));
  const config = path.join(directory, 'sandbox.yml');
  writeFileSync(
    config,
    readFileSync(path.join(HERE, 'sandbox.yml'), 'utf8')
      .replace('${orders}', () => orders)
      .replaceAll('${billing}', billing)
      .replaceAll('${notes}', notes)
      .replaceAll('${callback}', callback),
  );
  const { key, trust } = certificate(directory);
  const ready = await processes.serve('sandbox', [path.join(ROOT, 'bin/sandbox'), '--config', config], 'sandbox ready ', {
    env: { JAVA_OPTS: `-Djavax.net.ssl.trustStore=${trust} -Djavax.net.ssl.trustStorePassword=${PASSPHRASE}` },
  });
  const [gateway, management] = /^gateway=(\S+) management=(\S+)$/.exec(ready).slice(1);
  await processes.serve(
    'billing',
    java('io.mcpaccess.samples.billing.BillingServer', [
      ...['--domain', `${gateway}/e2e`, '--port', String(ports.billing), '--resource', billing],
    ]),
    'billing ready ',
    { env: CREDENTIALS },
  );
  const plain = `http://127.0.0.1:${ports.plain}/mcp`;
  const unguarded = java('io.mcpaccess.samples.billing.BillingServer', ['--guard', 'off', '--port', String(ports.plain)]);
  await processes.serve('unguarded', unguarded, 'billing ready ');
  await processes.serve('notes', [process.execPath, path.join(HERE, 'lib/notes-server.mjs'), String(ports.notes)], 'notes ready');
  await processes.serve(
    'proxy',
    guardProxy([
      ...['--upstream', `http://127.0.0.1:${ports.notes}/mcp`, '--domain', `${gateway}/e2e`, '--port', String(ports.proxy)],
    ]),
    'guard ready ',
    { env: { GUARD_CLIENT_ID: 'notes-mcp', GUARD_CLIENT_SECRET: 'notes-secret' } },
  );
  const large = await startLarge(processes, directory);
  return { directory, key, large, plain, notes, gateway, management, domain: `${gateway}/e2e`, issuer: `${gateway}/e2e/oidc`, billing, callback, ports };
}

/** What the page of the starters says that AM and the store must know: the members of a domain, and the tuples. */
function starterBlocks(ports) {
  const page = readFileSync(path.join(SAMPLES, 'README.md'), 'utf8');
  const [domain, tuples] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((block) => block[1]);
  const urls = ['python', 'typescript', 'java'].map((name) => `"http://127.0.0.1:${ports[name]}/mcp"`);
  return [domain.replace('"http://127.0.0.1:9200/mcp"', urls.join(', ')), tuples];
}

/** Another sandbox, with 200 tools and 1,000 users. Returns its management API. */
async function startLarge(processes, directory) {
  const folder = path.join(directory, 'large');
  const [program, ...args] = java('io.mcpaccess.sandbox.LargeDomain', [folder, '0', '0'], newestJar('src/sandbox', 'sandbox'));
  execFileSync(program, args, { timeout: 60_000 });
  const command = [path.join(ROOT, 'bin/sandbox'), '--config', path.join(folder, 'sandbox.yml')];
  const ready = await processes.serve('large', command, 'sandbox ready ');
  return /management=(\S+)$/.exec(ready)[1];
}

function java(mainClass, args, classPath = `${samplesJar()}:${path.join(SAMPLES, 'target/lib')}/*`) {
  return [tool('java'), '-Xmx128m', '-XX:TieredStopAtLevel=1', '-cp', classPath, mainClass, ...args];
}

function guardProxy(args) {
  const target = path.join(ROOT, 'src/guard/proxy/target');
  const jar = readdirSync(target).find((file) => file.startsWith('mcp-guard-proxy-') && file.endsWith('-all.jar'));
  return [tool('java'), '-Xmx128m', '-XX:TieredStopAtLevel=1', '-jar', path.join(target, jar), ...args];
}

function samplesJar() {
  return newestJar('src/samples', 'samples');
}

function newestJar(module, name) {
  const target = path.join(ROOT, module, 'target');
  const jars = existsSync(target) ? readdirSync(target).filter((file) => file.startsWith(`${name}-`) && file.endsWith('.jar')) : [];
  const newest = (a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs;
  return jars.map((file) => path.join(target, file)).sort(newest)[0];
}

/** A port that is free on the loopback address now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
