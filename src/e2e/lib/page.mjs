import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HERE, ROOT } from './world.mjs';
import { version } from './versions.mjs';

const PAGE = path.join(ROOT, 'docs/compatibility.md');
const TEXT = path.join(HERE, 'compatibility.md');

const HEADINGS = {
  clients: ['Client', 'Version', 'What was run', 'Result'],
  registration: ['Client', 'Version', 'How it becomes a client', 'Result'],
  proxy: ['Client', 'Version', 'MCP', 'What was run', 'Result'],
  browser: ['Browser', 'Version', 'What was run', 'Result'],
  conformance: ['Scenario', 'Passed', 'Failed', 'Why it fails'],
};

/** Writes docs/compatibility.md from the text of compatibility.md and what the tests noted. */
export function writePage(results) {
  writeFileSync(PAGE, page(results));
  console.log(`e2e: wrote ${PAGE}`);
}

/**
 * Fails where the committed page says something else than this run. The browser's version may differ, and how many checks of a
 * conformance scenario passed, which hangs on how often something was tried again; how many failed may not.
 */
export function checkPage(results) {
  const lines = (text) =>
    text
      .replace(/^\| Chromium \| [\d.]+ \|/gm, '| Chromium |')
      .replace(/^(\| `\S+` \|) \d+ \|( \d+ \|)/gm, '$1$2')
      .split('\n');
  const [committed, now] = [lines(readFileSync(PAGE, 'utf8')), lines(page(results))];
  const gone = committed.filter((line) => !now.includes(line));
  const come = now.filter((line) => !committed.includes(line));
  if (gone.length + come.length > 0) {
    const difference = [...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)].join('\n');
    throw new Error(`docs/compatibility.md is not what this run saw; node run.mjs --update writes it anew:\n${difference}`);
  }
}

function page(results) {
  const rows = readFileSync(results, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return readFileSync(TEXT, 'utf8')
    .replace(/\{\{version (\S+)\}\}/g, (_, name) => version(name))
    .replace(/\{\{(\w+)(?: (\w+))?\}\}/g, (_, name, part) => table(rows, name, part));
}

function table(rows, name, part) {
  const found = rows.filter((each) => each.table === name).map((each) => each.row);
  const wanted = part ? found.filter(([first]) => first === part).map(([, ...rest]) => rest) : found;
  if (wanted.length === 0) {
    throw new Error(`No test noted anything for the table '${name}${part ? ` ${part}` : ''}'`);
  }
  const heading = HEADINGS[name];
  return [heading, heading.map(() => '---'), ...wanted].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
