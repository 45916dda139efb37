const MOST_HOPS = 15;
const PATIENCE = 10_000;

/**
 * A person at AM's login and consent pages, without a browser: keeps cookies, follows redirects, fills in forms. It stops
 * where AM would send the browser back to the application.
 */
export class Person {
  #cookies = new Map();
  #username;
  #password;
  #approves;

  constructor(username, password, { approves = true } = {}) {
    this.#username = username;
    this.#password = password;
    this.#approves = approves;
  }

  /** Goes through login and consent; returns the URL of the application, with its code or error. */
  async authorize(start, redirectUri) {
    let place = new URL(start);
    let answer = await this.#send(place);
    for (let hop = 0; hop < MOST_HOPS; hop++) {
      const location = answer.headers.get('location');
      if (location) {
        place = new URL(location, place);
        if (place.href.startsWith(redirectUri)) {
          return place;
        }
        answer = await this.#send(place);
      } else {
        const { action, fields } = this.#fillIn(place, await answer.text());
        place = action;
        answer = await this.#send(place, new URLSearchParams(fields));
      }
    }
    throw new Error(`AM did not come back to the application after ${MOST_HOPS} pages`);
  }

  #fillIn(place, html) {
    const form = /<form[^>]*>[\s\S]*?<\/form>/i.exec(html)?.[0] ?? '';
    const action = new URL(unescape(/<form[^>]*\saction="([^"]*)"/i.exec(form)?.[1] ?? place.href), place);
    const fields = {};
    for (const [input] of form.matchAll(/<input[^>]*>/gi)) {
      const attribute = (name) => unescape(new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(input)?.[1] ?? '');
      if (attribute('type') !== 'submit' && (attribute('type') !== 'checkbox' || /\schecked/i.test(input))) {
        fields[attribute('name')] = attribute('value');
      }
    }
    if ('password' in fields) {
      if (place.searchParams.get('error') === 'login_failed') {
        throw new Error('AM refuses the user name or password');
      }
      return { action, fields: { ...fields, username: this.#username, password: this.#password } };
    }
    if (form.includes('user_oauth_approval')) {
      return { action, fields: { ...fields, user_oauth_approval: String(this.#approves) } };
    }
    const text = html.replace(/<style[\s\S]*?<\/style>/g, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    throw new Error(`AM shows neither its login nor its consent form at ${place.pathname}: ${text.slice(0, 300)}`);
  }

  async #send(place, form) {
    const headers = { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const answer = await fetch(place, {
      method: form ? 'POST' : 'GET',
      body: form,
      headers: form ? { ...headers, referer: place.href } : headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

function unescape(text) {
  const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);
}
