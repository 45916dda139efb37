import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Application } from '../lib/application.mjs';
import { Person } from '../lib/person.mjs';
import { INSPECTOR, run, visitor } from '../lib/programs.mjs';
import { note, world } from '../lib/report.mjs';
import { SDK_2 } from '../lib/sdks.mjs';
import { version } from '../lib/versions.mjs';

const DESK = { client_id: 'desk', client_secret: 'desk-secret' };
const alice = () => new Person('alice', 'wonderland');
const done = (what, result = 'works') =>
  note('clients', 'MCP Inspector (`@modelcontextprotocol/inspector --cli`)', version('@modelcontextprotocol/inspector'), what, result);

describe('the command line of MCP Inspector', { timeout: 180_000 }, () => {
  let app;
  let bearer;

  before(async () => {
    app = await new Application(SDK_2, alice(), { client: DESK }).connect();
    bearer = ['--header', `Authorization: Bearer ${app.provider.tokens().access_token}`];
  });

  after(() => app?.close());

  const inspect = (...args) => run(INSPECTOR, ['--cli', world.billing, '--format', 'json', ...args]);

  test('lists what alice may call, with a token', async () => {
    const { code, out, all } = await inspect('--method', 'tools/list', ...bearer);
    assert.equal(code, 0, all);
    const names = JSON.parse(out).result.tools.map((tool) => tool.name).sort();
    assert.deepEqual(names, ['get_invoice', 'list_invoices', 'refund_invoice']);
    done('`tools/list` with a token');
  });

  test('calls a tool, with a token', async () => {
    const { code, out, all } = await inspect('--method', 'tools/call', '--tool-name', 'list_invoices', ...bearer);
    assert.equal(code, 0, all);
    assert.match(JSON.parse(out).result.content[0].text, /INV-1/);
    done('`tools/call` with a token');
  });

  test('does not find a tool that alice may not call', async () => {
    const { code, all } = await inspect('--method', 'tools/call', '--tool-name', 'void_invoice', ...bearer);
    assert.notEqual(code, 0);
    assert.match(all, /tool_not_found/);
    done('`tools/call` of a tool that the user may not call', '`tool_not_found`: it looks into the filtered list first');
  });

  test('goes through the whole login by itself', async () => {
    const client = ['--client-id', 'desk', '--client-secret', 'desk-secret', '--callback-url', world.callback];
    const { code, all } = await run(INSPECTOR, ['--cli', world.billing, '--method', 'tools/list', ...client], {
      env: { MCP_AUTO_OPEN_ENABLED: 'true' },
      heard: visitor(alice(), world.callback),
    });
    assert.equal(code, 0, all);
    assert.match(all, /list_invoices/);
    assert.doesNotMatch(all, /void_invoice/);
    done('its own login: discovery, PKCE, consent, token, `tools/list`');
  });
});
