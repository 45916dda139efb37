import { Agent, request } from 'node:http';

const QUESTIONS = [
  { user: 'alice', tool: 'list_invoices', allowed: true },
  { user: 'bob', tool: 'list_invoices', allowed: false },
];
const DEADLINE = 5_000;

/**
 * Asks gateways at a fixed rate, by turns, as a balancer in front of them does: what a gateway does not answer, or answers with 503, is asked
 * once more of the next one. Every question is kept with the time at which it was asked; one that has no answer yet has failed.
 */
export class Load {
  answers = [];
  #agent = new Agent({ keepAlive: true });
  #turn = 0;
  #open = new Set();

  /** @param gateways base URLs of a domain; the credentials are those of an MCP server */
  constructor(gateways, rate, credentials) {
    this.gateways = gateways;
    this.authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    this.timer = setInterval(() => this.#next(), 1000 / rate);
  }

  async stop() {
    clearInterval(this.timer);
    await Promise.all(this.#open);
    this.#agent.destroy();
  }

  #next() {
    const turn = this.#turn++;
    const question = QUESTIONS[Math.floor(turn / this.gateways.length) % QUESTIONS.length];
    const one = this.#ask(turn, question).finally(() => this.#open.delete(one));
    this.#open.add(one);
  }

  async #ask(turn, question) {
    const at = performance.now();
    const first = turn % this.gateways.length;
    const kept = { at, first, decided: false, why: 'no answer' };
    this.answers.push(kept);
    let answer = await this.#call(this.gateways[first], question);
    const isFirst = answer.decided;
    if (!answer.decided) {
      answer = await this.#call(this.gateways[(first + 1) % this.gateways.length], question);
    }
    Object.assign(kept, {
      took: performance.now() - at,
      isFirst,
      decided: answer.decided,
      why: answer.why,
      wrong: answer.decision === true && !question.allowed,
      lost: answer.decision === false && question.allowed,
    });
  }

  #call(gateway, { user, tool }) {
    const body = JSON.stringify({ subject: { type: 'user', id: user }, action: { name: 'tools/call' }, resource: { type: 'tool', id: tool } });
    return new Promise((resolve) => {
      const call = request(`${gateway}/access/v1/evaluation`, {
        method: 'POST',
        agent: this.#agent,
        headers: { authorization: this.authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(DEADLINE),
      });
      call.on('error', (error) => resolve({ decided: false, why: error.code ?? error.name }));
      call.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => (text += part));
        response.on('error', () => resolve({ decided: false, why: 'broken off' }));
        response.on('end', () => {
          const decision = response.statusCode === 200 ? JSON.parse(text).decision : undefined;
          resolve({ decided: decision !== undefined, decision, why: `status ${response.statusCode}` });
        });
      });
      call.end(body);
    });
  }

  /** What came of the questions that were asked from a moment on. */
  since(begin, end = Infinity) {
    const asked = this.answers.filter(({ at }) => at >= begin && at < end);
    const failed = asked.filter(({ decided }) => !decided);
    const times = asked.filter(({ decided }) => decided).map(({ took }) => took).sort((a, b) => a - b);
    return {
      asked: asked.length,
      wrong: asked.filter(({ wrong }) => wrong).length,
      lost: asked.filter(({ lost }) => lost).length,
      again: asked.filter(({ isFirst, decided }) => !isFirst && decided).length,
      failed: failed.length,
      why: [...new Set(failed.map(({ why }) => why))],
      recovered: failed.length ? Math.max(...failed.map(({ at }) => at)) - begin : 0,
      p99: times[Math.floor(times.length * 0.99)] ?? NaN,
    };
  }
}
