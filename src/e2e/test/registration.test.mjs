import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { after, before, describe, test } from 'node:test';
import { PASSPHRASE } from '../lib/certificate.mjs';
import { Application } from '../lib/application.mjs';
import { Person } from '../lib/person.mjs';
import { note, world } from '../lib/report.mjs';
import { SDK_1, SDK_2 } from '../lib/sdks.mjs';

const alice = () => new Person('alice', 'wonderland');

for (const sdk of [SDK_1, SDK_2]) {
  const done = (what, result = 'works') => note('registration', sdk.name, sdk.version, what, result);

  describe(`how ${sdk.name} becomes a client of AM`, { timeout: 120_000 }, () => {
    const applications = [];
    let documents;
    let document;

    function application(options) {
      const made = new Application(sdk, alice(), options);
      applications.push(made);
      return made;
    }

    before(async () => {
      const url = `https://127.0.0.1:${world.ports.metadata}/client.json`;
      document = {
        client_id: url,
        client_name: 'Client by document',
        redirect_uris: [world.callback],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'none',
      };
      documents = createServer({ pfx: readFileSync(world.key), passphrase: PASSPHRASE }, (request, response) =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify(document)),
      );
      await new Promise((resolve) => documents.listen(world.ports.metadata, '127.0.0.1', resolve));
    });

    after(async () => {
      await Promise.all(applications.map((each) => each.close()));
      documents.closeAllConnections();
      documents.close();
    });

    test('pre-registered', async () => {
      const app = await application({ client: { client_id: 'desk', client_secret: 'desk-secret' } }).connect();
      assert.equal(app.provider.seen.registrations, 0);
      assert.ok(!(await app.call('list_invoices')).isError);
      done('pre-registered, with a secret');
    });

    test('by dynamic registration', async () => {
      const app = await application({}).connect();
      assert.equal(app.provider.seen.registrations, 1);
      assert.notEqual(app.provider.clientInformation().client_id, 'desk');
      assert.ok(!(await app.call('list_invoices')).isError);
      done('dynamic registration (RFC 7591), open registration switched on in the domain');
    });

    test('by its metadata document', async () => {
      const app = application({ clientMetadataUrl: document.client_id });
      await app.connect();
      const [asked] = app.provider.seen.authorizations;
      assert.equal(asked.searchParams.get('client_id'), document.client_id);
      assert.ok(!(await app.call('list_invoices')).isError);
      done('client id metadata document (AM 4.12 and later), switched on in the domain');
    });
  });
}

test('by AM’s defaults no client registers itself', async () => {
  const answer = await fetch(`${world.gateway}/strict/oidc/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [world.callback] }),
  });
  assert.equal(answer.status, 403);
  assert.equal((await answer.json()).error, 'registration_forbidden');
  note('registration', 'plain HTTP', '', "dynamic registration with AM's defaults", '403 `registration_forbidden`');
});
