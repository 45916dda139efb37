/**
 * Starts AM's stand-in and the billing server, runs the tests of test/ one after the other against them, and compares what
 * they saw with docs/compatibility.md. Exits 0 when every test passed and the page says the same.
 *
 *   node run.mjs              all tests
 *   node run.mjs --update     all tests, then writes docs/compatibility.md and docs/images anew
 *   node run.mjs sdk browser  the tests whose file names contain one of these words; the page is left alone
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Processes } from './lib/processes.mjs';
import { build, HERE, start } from './lib/world.mjs';
import { checkPage, writePage } from './lib/page.mjs';

const MINUTES = 15;
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const update = process.argv.includes('--update');

const directory = mkdtempSync(path.join(tmpdir(), 'mcp-access-e2e-'));
const processes = new Processes(directory);
process.on('exit', () => processes.kill());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => end(1, `ended by ${signal}`));
}
setTimeout(() => end(1, `not done after ${MINUTES} minutes`), MINUTES * 60_000).unref();

let ending = false;

async function end(code, why) {
  if (ending) {
    return;
  }
  ending = true;
  await processes.stop();
  if (code === 0) {
    rmSync(directory, { recursive: true, force: true });
  } else {
    console.error(`e2e: ${why}. The logs of its processes are in ${directory}.`);
  }
  process.exit(code);
}

function test(world) {
  const files = readdirSync(path.join(HERE, 'test'))
    .filter((name) => name.endsWith('.test.mjs') && (words.length === 0 || words.some((word) => name.includes(word))))
    .sort()
    .map((name) => path.join('test', name));
  const options = ['--test', '--test-reporter=spec', '--test-concurrency=1', '--test-force-exit', `--test-timeout=${MINUTES * 60_000}`];
  const env = { ...process.env, E2E_WORLD: JSON.stringify(world), E2E_UPDATE: update ? 'yes' : '' };
  return processes.run(process.execPath, [...options, ...files], { cwd: HERE, env });
}

try {
  build();
  const world = { ...(await start(processes, directory)), results: path.join(directory, 'results.jsonl') };
  writeFileSync(world.results, '');
  console.log(`e2e: sandbox ${world.gateway}, billing ${world.billing}`);
  const failed = await test(world);
  if (failed === 0 && words.length === 0) {
    (update ? writePage : checkPage)(world.results);
  }
  await end(failed, 'a test failed');
} catch (error) {
  await end(1, error.message);
}
