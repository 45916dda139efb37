import assert from 'node:assert/strict';
import { Provider } from './provider.mjs';
import { world } from './report.mjs';

/** An application built on one of the SDK's packages: it sends its user to the browser whenever the SDK asks for it. */
export class Application {
  /**
   * @param sdk `{ Client, StreamableHTTPClientTransport, auth, UnauthorizedError }` of the package
   * @param person at the browser
   * @param options of {@link Provider}, and `server` where it is not the billing server
   */
  constructor(sdk, person, { server = world.billing, ...options } = {}) {
    this.sdk = sdk;
    this.server = server;
    // SDK 2 binds what it stored to the authorization server that it was stored for.
    const client = options.client && { issuer: world.issuer, ...options.client };
    this.provider = new Provider(person, world.callback, { ...options, client });
  }

  async connect() {
    await this.#attempt(async () => {
      this.client = new this.sdk.Client({ name: 'e2e', version: '1' }, this.sdk.options);
      this.transport = new this.sdk.StreamableHTTPClientTransport(new URL(this.server), { authProvider: this.provider });
      await this.client.connect(this.transport);
    });
    return this;
  }

  /** Asks for these scopes alone, before the first connection. */
  async authorizeFor(scope) {
    assert.equal(await this.sdk.auth(this.provider, { serverUrl: this.server, scope }), 'REDIRECT');
    const [authorizationCode, iss] = answer(this.provider.takeCallback());
    assert.equal(await this.sdk.auth(this.provider, { serverUrl: this.server, authorizationCode, iss }), 'AUTHORIZED');
    return this;
  }

  list() {
    return this.#attempt(() => this.client.listTools().then(({ tools }) => tools.map((tool) => tool.name).sort()));
  }

  call(name, args = {}) {
    return this.#attempt(() => this.client.callTool({ name, arguments: args }));
  }

  close() {
    return this.client?.close();
  }

  async #attempt(what) {
    for (let tries = 0; tries < 3; tries++) {
      try {
        return await what();
      } catch (error) {
        const callback = this.provider.takeCallback();
        if (!(error instanceof this.sdk.UnauthorizedError) || !callback) {
          throw error;
        }
        await this.transport.finishAuth(...answer(callback));
      }
    }
    throw new Error('The SDK asked for the browser three times');
  }
}

/** The code and, where AM says it, the issuer (RFC 9207). */
function answer(callback) {
  const answer = callback.searchParams;
  assert.ok(answer.get('code'), `AM answers ${answer.get('error')}: ${answer.get('error_description')}`);
  return [answer.get('code'), answer.get('iss') ?? undefined];
}
