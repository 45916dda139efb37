/**
 * The same client as in the other tests, for the conformance suite to examine: it is started with the URL of the suite's MCP
 * server, logs in, lists the tools and calls the first.
 */
import { Application } from './application.mjs';
import { SDK_2 } from './sdks.mjs';

const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');

/** The suite's authorization server asks nobody for anything. */
const person = {
  async authorize(url) {
    const answer = await fetch(url, { redirect: 'manual' });
    return new URL(answer.headers.get('location'), url);
  },
};

const application = new Application(SDK_2, person, {
  server: process.argv.at(-1),
  client: context.client_id && { issuer: undefined, client_id: context.client_id, client_secret: context.client_secret },
  clientMetadataUrl: 'https://conformance-test.local/client-metadata.json',
  metadata: { token_endpoint_auth_method: undefined },
});

await application.connect();
for (const tool of (await application.list()).slice(0, 1)) {
  await application.call(tool);
}
await application.close();
