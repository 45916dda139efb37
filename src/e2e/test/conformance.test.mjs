import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Person } from '../lib/person.mjs';
import { CONFORMANCE, run, visitor } from '../lib/programs.mjs';
import { note, world } from '../lib/report.mjs';
import { HERE } from '../lib/world.mjs';

/** Why a scenario fails against the billing server; the first that fits. Whoever is in no line fails the run. */
const EXPLANATIONS = [
  [/^tools-call-|^elicitation-/, 'calls a tool `test_…` of the suite’s own example server; the billing server has none'],
  [/^resources-/, 'the billing server has tools alone, no resources'],
  [/^prompts-/, 'the billing server has tools alone, no prompts'],
  [/^completion-/, 'the billing server has tools alone, nothing to complete'],
  [
    /^dns-rebinding-protection$/,
    'without its guard the server takes any `Host`; with it, a request that has no token for this server ends at 401 before the server',
  ],
];

/** The lines of the suite's summary. */
function scenarios(printed) {
  const lines = [...printed.matchAll(/^[✓✗] (\S+): (\d+) passed, (\d+) failed/gm)];
  return lines.map(([, name, passed, failed]) => ({ name, passed: Number(passed), failed: Number(failed) }));
}

function noted(title, found, explain = () => undefined) {
  for (const { name, passed, failed } of found) {
    const why = failed ? explain(name) : '';
    assert.notEqual(why, undefined, `${title}: ${name} fails and nobody says why`);
    note('conformance', title, `\`${name}\``, passed, failed, why);
  }
}

describe('the conformance suite', { timeout: 400_000 }, () => {
  test('the sandbox is an authorization server as it wants one', async () => {
    const client = ['--client-id', 'desk', '--client-secret', 'desk-secret', '--resource', world.billing];
    const command = ['authorization', '--url', world.issuer, ...client, '-p', String(world.ports.callback)];
    const { all } = await run(CONFORMANCE, command, { seconds: 120, heard: visitor(new Person('alice', 'wonderland'), world.callback) });
    const found = scenarios(all);
    assert.equal(found.length, 2, all);
    noted('authorization', found);
  });

  test('the client of these tests is one as it wants one', async () => {
    const client = `${process.execPath} ${HERE}/lib/conformance-client.mjs`;
    const { all } = await run(CONFORMANCE, ['client', '--suite', 'auth', '--timeout', '60000', '--command', client], { seconds: 240 });
    const found = scenarios(all).sort((a, b) => a.name.localeCompare(b.name));
    assert.ok(found.length >= 10, all);
    noted('client', found);
  });

  test('the billing server fails where it has nothing to show, and nowhere else', async () => {
    const { all } = await run(CONFORMANCE, ['server', '--url', world.plain, '--timeout', '60000'], { seconds: 240 });
    const found = scenarios(all);
    assert.ok(found.length >= 25, all);
    noted('server', found, (name) => EXPLANATIONS.find(([pattern]) => pattern.test(name))?.[1]);
  });
});
