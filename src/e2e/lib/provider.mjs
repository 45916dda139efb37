/**
 * What an application brings to the SDK's OAuth flow: a place for its secrets in memory, and a person at the browser. The
 * interface is the same in both of the SDK's packages.
 */
export class Provider {
  seen = { authorizations: [], registrations: 0 };
  #person;
  #redirectUrl;
  #client;
  #tokens;
  #verifier;
  #callback;
  #metadata;
  #discovery;

  /** @param client the pre-registered client, or undefined for one that registers itself */
  constructor(person, redirectUrl, { client, clientMetadataUrl, metadata = {} } = {}) {
    this.#person = person;
    this.#redirectUrl = redirectUrl;
    this.#client = client;
    this.clientMetadataUrl = clientMetadataUrl;
    this.#metadata = metadata;
  }

  get redirectUrl() {
    return this.#redirectUrl;
  }

  get clientMetadata() {
    return {
      client_name: 'End-to-end client',
      redirect_uris: [this.#redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...this.#metadata,
    };
  }

  clientInformation() {
    return this.#client;
  }

  saveClientInformation(client) {
    this.seen.registrations++;
    this.#client = client;
  }

  tokens() {
    return this.#tokens;
  }

  saveTokens(tokens) {
    this.#tokens = tokens;
  }

  state() {
    return 'state-of-this-run';
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  codeVerifier() {
    return this.#verifier;
  }

  saveDiscoveryState(state) {
    this.#discovery = state;
  }

  discoveryState() {
    return this.#discovery;
  }

  async redirectToAuthorization(url) {
    this.seen.authorizations.push(url);
    this.#callback = await this.#person.authorize(url, this.#redirectUrl);
  }

  /** Where AM sent the browser back to, once. */
  takeCallback() {
    const callback = this.#callback;
    this.#callback = undefined;
    return callback;
  }
}
