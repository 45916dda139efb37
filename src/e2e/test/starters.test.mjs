import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Application } from '../lib/application.mjs';
import { Person } from '../lib/person.mjs';
import { Processes } from '../lib/processes.mjs';
import { world } from '../lib/report.mjs';
import { SDK_2 } from '../lib/sdks.mjs';
import { DOMAIN, STARTERS } from '../lib/starters.mjs';

const POCKET = { client: { issuer: `${DOMAIN}/oidc`, client_id: 'pocket' }, metadata: { grant_types: ['authorization_code'] } };
const REFUSED = /does not exist or you may not call it/;

const processes = new Processes(world.directory);
process.on('exit', () => processes.kill());

after(() => processes.stop());

for (const [language, starter] of Object.entries(STARTERS)) {
  describe(`the starter in ${language}`, { skip: starter.missing(), timeout: 600_000 }, () => {
    let server;
    let app;

    before(async () => {
      server = await starter.start(processes);
    });

    after(() => app?.close());

    test('login, a filtered list, a call that is allowed', async () => {
      app = await new Application(SDK_2, new Person('alice', 'wonderland'), { server, ...POCKET }).authorizeFor('orders:read');
      await app.connect();
      assert.deepEqual(await app.list(), ['list_orders', 'refund_order']);
      assert.match((await app.call('list_orders')).content[0].text, /A-1/);
    });

    test('steps up for a refund within the limit; the tool knows who calls', async () => {
      const refund = await app.call('refund_order', { number: 'A-1', amount: 50 });
      assert.match(refund.content[0].text, /^50(\.0+)? EUR of A-1 given back by (user:)?alice$/);
      assert.equal(app.provider.seen.authorizations.length, 2);
    });

    test('refuses what is beyond the limit, or hides its amount', async () => {
      for (const args of [{ amount: 5000 }, { amount: 100.01 }, {}]) {
        const refused = await app.call('refund_order', { number: 'A-2', ...args });
        assert.equal(refused.isError, true);
        assert.match(refused.content[0].text, REFUSED);
      }
      await assert.rejects(app.call('refund_order', { number: 'A-2', amount: 50, Amount: 5000 }));
    });

    test('shows nothing to somebody without permission, and refuses the call', async () => {
      const other = await new Application(SDK_2, new Person('bob', 'builder'), { server, ...POCKET }).authorizeFor('orders:read');
      await other.connect();
      assert.deepEqual(await other.list(), []);
      const refused = await other.call('list_orders');
      assert.equal(refused.isError, true);
      assert.match(refused.content[0].text, REFUSED);
      await other.close();
    });
  });
}
