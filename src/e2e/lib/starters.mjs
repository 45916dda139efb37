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

export const DOMAIN = `${world.gateway}/orders`;

/** The starters by language. `missing` says what the machine lacks for one; `start` gives the URL that clients use. */
export const STARTERS = {
  Python: { start: python, missing: missingPython },
  TypeScript: { start: typescript, missing: () => undefined },
  Java: { start: java, missing: () => undefined },
};

function missingPython() {
  try {
    execFileSync('python3', ['-c', 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10)'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'Python 3.10 or newer, with venv, is not on the PATH (python3)';
  }
}

/** The server of `src/samples/python`, with what its page tells to install, behind the guard proxy. */
async function python(processes) {
  const folder = path.join(SAMPLES, 'python');
  const home = path.join(world.directory, 'python-starter');
  command('python3', ['-m', 'venv', home]);
  command(path.join(home, 'bin/pip'), ['install', '-q', '--disable-pip-version-check', '-r', path.join(folder, 'requirements.txt')]);
  const port = await freePort();
  const server = [path.join(home, 'bin/python'), '-u', path.join(folder, 'server.py')];
  await processes.serveAt('python', server, port, { PORT: String(port) });
  return proxied(processes, 'python', port);
}

/** The same of `src/samples/typescript`. */
async function typescript(processes) {
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
async function java(processes) {
  const folder = path.join(SAMPLES, 'java');
  const repository = path.join(world.directory, 'repository');
  overlay(path.join(homedir(), '.m2/repository'), repository);
  const maven = (args, where) => command('mvn', ['-B', '-q', `-Dmaven.repo.local=${repository}`, ...args], where);
  maven(['install', '-DskipTests', '-Dspotless.check.skip=true', '-pl', '.,src/guard/core,src/guard/sdk'], ROOT);
  const target = path.join(world.directory, 'java-starter');
  const version = /^ {4}<version>(.*)<\/version>$/m.exec(readFileSync(path.join(ROOT, 'pom.xml'), 'utf8'))[1];
  maven([`-Dmcp-guard.version=${version}`, 'package', 'dependency:copy-dependencies', `-DoutputDirectory=${target}`], folder);
  const classPath = `${path.join(folder, 'target/classes')}:${target}/*`;
  await processes.serve('java', [tool('java'), '-Xmx128m', '-cp', classPath, 'orders.OrdersServer'], 'orders ready ', {
    env: { ...ENV, AM_DOMAIN: DOMAIN, PORT: String(world.ports.java) },
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
      .replace('http://127.0.0.1:8092/demo', DOMAIN)
      // The machine may be busy, and AM's speed is not what is tested here.
      .replace('upstream: http://127.0.0.1:3000/mcp', `upstream: http://127.0.0.1:${upstream}/mcp\n    limits: {amMillis: 20000}`)
      .replace('http://127.0.0.1:9200/mcp', url)
      .replace('port: 9200', `port: ${world.ports[name]}`),
  );
  await processes.serve(`guard-${name}`, [path.join(ROOT, 'bin/guard-proxy'), '--config', file], 'guard ready ', {
    env: { ...ENV, JAVA_OPTS: '-Xmx128m' },
  });
  return url;
}

/** A repository that has all that the other has, but for what this build installs. */
function overlay(from, to) {
  mkdirSync(path.join(to, 'io'), { recursive: true });
  for (const [folder, but] of [['', 'io'], ['io', 'mcpaccess']]) {
    for (const name of existsSync(path.join(from, folder)) ? readdirSync(path.join(from, folder)) : []) {
      if (name !== but) {
        symlinkSync(path.join(from, folder, name), path.join(to, folder, name));
      }
    }
  }
}

function command(program, args, cwd = ROOT) {
  try {
    execFileSync(program, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], timeout: MINUTES * 60_000 });
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')} failed:\n${String(error.stdout).slice(-3000)}`, { cause: error });
  }
}
