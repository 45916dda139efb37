import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Application } from '../lib/application.mjs';
import { Management } from '../lib/management.mjs';
import { Person } from '../lib/person.mjs';
import { note, world } from '../lib/report.mjs';
import { SDK_1, SDK_2 } from '../lib/sdks.mjs';

const DESK = { client_id: 'desk', client_secret: 'desk-secret' };
const MODERN = { ...SDK_2, options: { versionNegotiation: { mode: { pin: '2026-07-28' } } } };

before(async () => {
  await (await Management.login('e2e')).addTuple('user:alice', 'can_call', 'tool:read_notes');
});

for (const [sdk, protocol] of [[MODERN, '2026-07-28'], [SDK_2, '2025-11-25'], [SDK_1, '2025-11-25']]) {
  describe(`${sdk.name} through the guard proxy, MCP ${protocol}`, { timeout: 120_000 }, () => {
    let app;

    before(async () => {
      app = new Application(sdk, new Person('alice', 'wonderland'), { client: DESK, server: world.notes });
      await (await app.authorizeFor('notes:use')).connect();
    });

    after(() => app?.close());

    test('lists, calls and is refused as in front of a guarded server; the token does not reach the server', async () => {
      assert.deepEqual(await app.list(), ['read_notes']);
      const read = await app.call('read_notes');
      assert.equal(read.content[0].text, 'authorization: none');
      const refused = await app.call('write_note');
      assert.equal(refused.isError, true);
      const done = 'login, filtered `tools/list`, `tools/call` allowed and refused; the token stays at the proxy';
      note('proxy', sdk.name, sdk.version, protocol, done, 'works');
    });
  });
}
