import { world } from './report.mjs';

/** AM's management API, as the console uses it. */
export class Management {
  static async login(domain, management = world.management) {
    const basic = Buffer.from('admin:adminadmin').toString('base64');
    const answer = await fetch(`${management}/management/auth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      signal: AbortSignal.timeout(10_000),
    });
    const { access_token: token } = await answer.json();
    return Object.assign(new Management(), {
      base: `${management}/management/organizations/DEFAULT/environments/DEFAULT/domains/${domain}`,
      token,
    });
  }

  async call(method, path, body) {
    const answer = await fetch(`${this.base}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    }
    return text && JSON.parse(text);
  }

  /** Gives an MCP server these tools, each `{ key, description, scopes }`. */
  async setTools(server, change) {
    const { data } = await this.call('GET', '/protected-resources?type=MCP_SERVER&page=0&size=50');
    const { id } = data.find((each) => each.name === server);
    const { name, description, resourceIdentifiers, features } = await this.call('GET', `/protected-resources/${id}?type=MCP_SERVER`);
    const tools = features.map(({ key, description, scopes }) => ({ type: 'MCP_TOOL', key, description, scopes }));
    const body = { name, description, resourceIdentifiers, features: change(tools) };
    await this.call('PUT', `/protected-resources/${id}`, body);
  }

  /** The base path of the domain's engine pages. */
  async settings() {
    const [{ id }] = await this.call('GET', '/authorization-engines');
    return `/authorization-engines/${id}/settings`;
  }

  async addTuple(user, relation, object) {
    await this.call('POST', `${await this.settings()}/tuples`, { user, relation, object });
  }
}
