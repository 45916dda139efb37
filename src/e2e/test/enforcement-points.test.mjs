import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Application } from '../lib/application.mjs';
import { Person } from '../lib/person.mjs';
import { world } from '../lib/report.mjs';
import { SDK_2 } from '../lib/sdks.mjs';
import { ROOT } from '../lib/world.mjs';

const PAGE = readFileSync(path.join(ROOT, 'docs/enforcement-points.md'), 'utf8');
const REPLAY = /<!-- replay: (\d+) ?(.*?) -->\n```http\n(\w+) (\S+) HTTP\/1\.1\n([\s\S]*?)\n?```/g;

const base64 = (text) => Buffer.from(text).toString('base64');

describe('docs/enforcement-points.md: what others send is answered as the page says', { timeout: 120_000 }, () => {
  let app;
  let values;

  before(async () => {
    app = await new Application(SDK_2, new Person('alice', 'wonderland'), {
      client: { client_id: 'desk', client_secret: 'desk-secret' },
    }).connect();
    const token = app.provider.tokens().access_token;
    values = {
      token,
      gateway: world.gateway,
      domain: 'e2e',
      resource: world.billing,
      basic: base64('billing-mcp:billing-secret'),
      application: base64('desk:desk-secret'),
      sub: JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).sub,
    };
  });

  after(() => app?.close());

  const filled = (text) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? assert.fail(`The page has ${whole}, which the test does not know`));

  const found = [...PAGE.matchAll(REPLAY)];

  test('every request of the page is replayed', () => {
    assert.equal(found.length, PAGE.match(/```http/g).length);
    assert.ok(found.length >= 8);
  });

  found.forEach(([, status, body, method, target, rest], index) => {
    test(`request ${index + 1}: ${method} ${target} is ${status} ${body}`, async () => {
      const [head, content] = rest.split('\n\n');
      const headers = Object.fromEntries(filled(head).split('\n').map((line) => line.split(/: (.*)/).slice(0, 2)));
      const answer = await fetch(world.gateway + filled(target), {
        method,
        headers,
        body: content && filled(content),
        signal: AbortSignal.timeout(10_000),
      });
      const text = await answer.text();
      assert.equal(answer.status, Number(status), text);
      if (body && body !== '{}') {
        contains(JSON.parse(text), JSON.parse(filled(body)), text);
      }
    });
  });
});

/** Every member that is expected is there; others may be. */
function contains(actual, expected, text) {
  for (const [name, value] of Object.entries(expected)) {
    if (typeof value === 'object') {
      contains(actual?.[name], value, text);
    } else {
      assert.equal(actual?.[name], value, text);
    }
  }
}
