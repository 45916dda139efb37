import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Application } from '../lib/application.mjs';
import { Person } from '../lib/person.mjs';
import { note, world } from '../lib/report.mjs';
import { SDK_1, SDK_2 } from '../lib/sdks.mjs';

const DESK = { client_id: 'desk', client_secret: 'desk-secret' };
const POCKET = { client_id: 'pocket' };
const INVOICE = { number: 'INV-1' };

for (const sdk of [SDK_1, SDK_2]) {
  const done = (what, result = 'works') => note('clients', sdk.name, sdk.version, what, result);

  describe(sdk.name, { timeout: 120_000 }, () => {
    const applications = [];
    let app;

    function application(client, metadata) {
      const made = new Application(sdk, new Person('alice', 'wonderland'), { client, metadata });
      applications.push(made);
      return made;
    }

    before(async () => {
      app = await application(DESK).connect();
    });

    after(() => Promise.all(applications.map((each) => each.close())));

    test('finds the authorization server by itself and asks for a code with PKCE S256 and the resource', () => {
      const [url] = app.provider.seen.authorizations;
      assert.equal(url.origin + url.pathname, `${world.domain}/oauth/authorize`);
      assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
      assert.equal(url.searchParams.get('resource'), world.billing);
      assert.ok(app.provider.tokens().access_token);
      done('discovery (RFC 9728, then OpenID), authorization code, PKCE S256, `resource`');
    });

    test('lists the tools that alice may call, and no others', async () => {
      assert.deepEqual(await app.list(), ['get_invoice', 'list_invoices', 'refund_invoice']);
      done('`tools/list` filtered to what the user may call');
    });

    test('calls a tool that alice may call', async () => {
      const result = await app.call('list_invoices');
      assert.ok(!result.isError, JSON.stringify(result));
      done('`tools/call` allowed');
    });

    test('a tool that alice may not call answers isError, and so does one that does not exist', async () => {
      const refused = await app.call('void_invoice', INVOICE);
      const unknown = await app.call('no_such_tool');
      assert.equal(refused.isError, true);
      assert.deepEqual(refused.content, unknown.content);
      done('`tools/call` refused: `isError`, one text for a refused and an unknown tool');
    });

    test('renews a token that the server no longer takes, without a browser', async () => {
      const before = app.provider.tokens();
      assert.ok(before.refresh_token);
      app.provider.saveTokens({ ...before, access_token: 'not-a-token-any-more' });
      const result = await app.call('list_invoices');
      assert.ok(!result.isError, JSON.stringify(result));
      assert.notEqual(app.provider.tokens().refresh_token, before.refresh_token);
      assert.equal(app.provider.seen.authorizations.length, 1);
      done('refresh after a 401, with rotation of the refresh token');
    });

    test('steps up when a tool needs a scope that the token lacks', async () => {
      const narrow = await application(POCKET, { grant_types: ['authorization_code'] }).authorizeFor('invoices:read');
      await narrow.connect();
      assert.equal(narrow.provider.tokens().scope, 'invoices:read');
      const result = await narrow.call('refund_invoice', INVOICE);
      assert.ok(result.content.length > 0, JSON.stringify(result));
      const asked = narrow.provider.seen.authorizations[1].searchParams.get('scope').split(' ').sort();
      assert.ok(asked.includes('invoices:refund'));
      assert.deepEqual(narrow.provider.tokens().scope.split(' ').sort(), asked);
      done('step-up after 403 `insufficient_scope`', `works; asks for \`${asked.join(' ')}\``);
    });

    test('steps up while it holds a refresh token', async () => {
      const narrow = await application(DESK).authorizeFor('invoices:read');
      await narrow.connect();
      const what = 'step-up while it holds a refresh token';
      try {
        const result = await narrow.call('refund_invoice', INVOICE);
        assert.ok(result.content.length > 0, JSON.stringify(result));
        done(what);
      } catch (error) {
        assert.match(error.message, /403 after trying upscoping/);
        assert.equal(narrow.provider.seen.authorizations.length, 1);
        await narrow.close();
        narrow.provider.saveTokens({ ...narrow.provider.tokens(), refresh_token: undefined });
        await narrow.connect();
        const result = await narrow.call('refund_invoice', INVOICE);
        assert.ok(result.content.length > 0, JSON.stringify(result));
        done(
          what,
          'stops at the 403: it renews the token, and a renewed token never has more scopes. ' +
            'Works once the application drops the refresh token and connects again',
        );
      }
    });
  });
}
