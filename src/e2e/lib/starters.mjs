import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { tool } from './certificate.mjs';
import { world } from './report.mjs';
import { freePort, ROOT } from './world.mjs';

const SAMPLES = path.join(ROOT, 'src/samples');
const MINUTES = 8;
const ENV = { ORDERS_SECRET: 'orders-secret' };

/** A server of `src/samples/python`, with what its README tells to install, behind the guard proxy. */
export async function python(processes) {
  const folder = path.join(SAMPLES, 'python');
  const home = path.join(homedir(), '.cache/mcp-access/python-starter');
  if (!existsSync(path.join(home, 'bin/fastmcp'))) {
    command('python3', ['-m', 'venv', home]);
    command(path.join(home, 'bin/pip'), ['install', '-q', '-r', path.join(folder, 'requirements.txt')]);
  }
  const port = await freePort();
  processes.background('python', [path.join(home, 'bin/python'), path.join(folder, 'server.py')], { PORT: String(port) });
  await listening(port);
  return proxied(processes, 'python', port);
}

/** The same of `src/samples/typescript`. */
export async function typescript(processes) {
  const folder = path.join(SAMPLES, 'typescript');
  if (!existsSync(path.join(folder, 'node_modules/typescript'))) {
    command('npm', ['ci', '--loglevel=error'], folder);
  }
  command('npm', ['run', '--silent', 'build'], folder);
  const port = await freePort();
  const server = [process.execPath, path.join(folder, 'build/server.js')];
  await processes.serve('typescript', server, 'orders ready ', { env: { PORT: String(port) } });
  return proxied(processes, 'typescript', port);
}

/** The server of `src/samples/java`, which has the guard in it, built from what `mvn install` puts into a repository of its own. */
export async function java(processes) {
  const folder = path.join(SAMPLES, 'java');
  const repository = path.join(world.directory, 'repository');
  overlay(path.join(homedir(), '.m2/repository'), repository);
  const maven = (args, where) => command('mvn', ['-B', '-q', `-Dmaven.repo.local=${repository}`, ...args], where);
  maven(['install', '-DskipTests', '-pl', '.,src/guard/core,src/guard/sdk'], ROOT);
  const target = path.join(world.directory, 'java-starter');
  const version = /<version>([^<]+)</.exec(readFileSync(path.join(ROOT, 'pom.xml'), 'utf8').split('<artifactId>mcp-access<')[1])[1];
  maven([`-Dmcp-guard.version=${version}`, 'package', 'dependency:copy-dependencies', `-DoutputDirectory=${target}`], folder);
  const classPath = `${path.join(folder, 'target/classes')}:${target}/*`;
  await processes.serve('java', [tool('java'), '-cp', classPath, 'orders.OrdersServer'], 'orders ready ', {
    env: { ...ENV, AM_DOMAIN: world.domain, PORT: String(world.ports.java) },
  });
  return `http://127.0.0.1:${world.ports.java}/mcp`;
}

/** The guard with the settings file of the samples, at this run's addresses. */
async function proxied(processes, name, upstream) {
  const url = `http://127.0.0.1:${world.ports[name]}/mcp`;
  const file = path.join(world.directory, `guard-${name}.yaml`);
  writeFileSync(
    file,
    readFileSync(path.join(SAMPLES, 'guard.yaml'), 'utf8')
      .replace('http://127.0.0.1:8092/demo', world.domain)
      .replace('http://127.0.0.1:3000/mcp', `http://127.0.0.1:${upstream}/mcp`)
      .replace('http://127.0.0.1:9200/mcp', url)
      .replace('port: 9200', `port: ${world.ports[name]}`),
  );
  await processes.serve(`guard-${name}`, [path.join(ROOT, 'bin/guard-proxy'), '--config', file], 'guard ready ', { env: ENV });
  return url;
}

/** A repository that has all that the other has, but for what this build installs. */
function overlay(from, to) {
  mkdirSync(path.join(to, 'io'), { recursive: true });
  for (const [folder, but] of [['', 'io'], ['io', 'mcpaccess']]) {
    for (const name of readdirSync(path.join(from, folder)).filter((each) => each !== but)) {
      symlinkSync(path.join(from, folder, name), path.join(to, folder, name));
    }
  }
}

function command(program, args, cwd = ROOT) {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], timeout: MINUTES * 60_000 });
}

async function listening(port) {
  for (let tries = 0; tries < 300; tries++) {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  throw new Error(`Nobody listens on port ${port} after a minute`);
}
