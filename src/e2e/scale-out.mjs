/**
 * Two gateways, one OpenFGA on PostgreSQL (in memory where there is no PostgreSQL), asked at a fixed rate while a gateway is killed, connections
 * to the database are cut and the database crashes. Prints what came of the questions in each of these times. Exits 1 where anything was
 * permitted that must not be, or where the last questions of a time are not answered.
 *
 *   node scale-out.mjs [--rate 100] [--seconds 15]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Load } from './lib/load.mjs';
import { Postgres } from './lib/postgres.mjs';
import { Processes } from './lib/processes.mjs';
import { ROOT } from './lib/world.mjs';

const rate = number('--rate', 100);
const seconds = number('--seconds', 15);
const SERVER = 'billing-mcp:billing-secret';
const MODEL = {
  schema_version: '1.1',
  type_definitions: [
    { type: 'user' },
    {
      type: 'tool',
      relations: { can_call: { this: {} } },
      metadata: { relations: { can_call: { directly_related_user_types: [{ type: 'user' }] } } },
    },
  ],
};

function number(option, usual) {
  const at = process.argv.indexOf(option);
  return at < 0 ? usual : Number(process.argv[at + 1]);
}

const directory = mkdtempSync(path.join(tmpdir(), 'mcp-access-scale-out-'));
const processes = new Processes(directory);
let database;
process.on('exit', () => {
  processes.kill();
  database?.stop();
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(1));
}

async function post(url, body) {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

/** Starts OpenFGA with a store in which alice, and nobody else, may list invoices. */
async function openFga() {
  const env = database ? { OPENFGA_DATASTORE_ENGINE: 'postgres', OPENFGA_DATASTORE_URI: database.url } : {};
  const url = await processes.serve('openfga', [path.join(ROOT, 'bin/openfga')], 'openfga ready ', { env, seconds: 600 });
  const { id } = await post(`${url}/stores`, { name: 'scale-out' });
  await post(`${url}/stores/${id}/authorization-models`, MODEL);
  await post(`${url}/stores/${id}/write`, {
    writes: { tuple_keys: [{ user: 'user:alice', relation: 'can_call', object: 'tool:list_invoices' }] },
  });
  return { url, id };
}

/** A gateway of its own, on the port that it had before where it had one. */
async function gateway(number, store, port = 0) {
  const folder = path.join(directory, `gateway-${number}`);
  mkdirSync(folder, { recursive: true });
  const config = path.join(folder, 'sandbox.yml');
  writeFileSync(
    config,
    JSON.stringify({
      gateway: { host: '127.0.0.1', port },
      management: { host: '127.0.0.1', port: 0 },
      domains: [
        {
          id: 'demo',
          protectedResources: [
            {
              name: 'billing',
              clientId: 'billing-mcp',
              clientSecret: 'billing-secret',
              resourceIdentifiers: ['http://127.0.0.1:9100/mcp'],
              features: [{ type: 'MCP_TOOL', key: 'list_invoices', description: 'List invoices', scopes: [] }],
            },
          ],
          authorizationEngine: { type: 'openfga', name: 'engine', configuration: { mode: 'server', connectionUri: store.url, storeId: store.id } },
        },
      ],
    }),
  );
  const own = new Processes(folder);
  const ready = await own.serve('sandbox', [path.join(ROOT, 'bin/sandbox'), '--config', config], 'sandbox ready ', { seconds: 600 });
  const url = /gateway=(\S+)/.exec(ready)[1];
  processes.also(own);
  return { url: `${url}/demo`, port: Number(new URL(url).port), kill: () => own.kill() };
}

let isFine = true;

/** Lets the load go on for a while after an event, and prints what came of its questions. */
async function after(what, load, event = () => {}) {
  const begin = performance.now();
  await event();
  await sleep(seconds * 1000);
  const end = performance.now();
  await sleep(1000);
  const { asked, wrong, lost, again, failed, why, recovered, p99 } = load.since(begin, end);
  const percent = ((100 * failed) / asked).toFixed(2);
  const reasons = failed ? ` (${why.join(', ')}), the last after ${(recovered / 1000).toFixed(1)} s` : '';
  console.log(`${what.padEnd(44)} ${asked} asked, ${wrong} permitted wrongly, ${lost} refused wrongly, ${again} answered by the other gateway, ${failed} failed = ${percent} %${reasons}; p99 ${p99.toFixed(1)} ms`);
  const last = load.since(end - 1000, end);
  const isOver = last.asked > 0 && last.failed === 0;
  if (!isOver) {
    console.log(`${''.padEnd(44)} and it has not recovered`);
  }
  isFine &&= wrong === 0 && lost === 0 && isOver;
}

try {
  if (Postgres.programs()) {
    database = await Postgres.start(directory);
  }
  console.log(`OpenFGA on ${database ? database.ask('SHOW server_version').replace(/^/, 'PostgreSQL ') : 'its memory: there is no PostgreSQL here'}, two gateways, ${rate} questions a second, ${seconds} s each`);
  const store = await openFga();
  const gateways = [await gateway(1, store), await gateway(2, store)];
  const load = new Load(gateways.map(({ url }) => url), rate, SERVER);
  await sleep(5000);
  await after('nothing happens', load);
  await after('gateway 1 is killed', load, () => gateways[0].kill());
  await after('gateway 1 comes back', load, async () => {
    gateways[0] = await gateway(1, store, gateways[0].port);
  });
  if (database) {
    await after('all connections to the database are cut', load, () => {
      console.log(`${' '.repeat(44)} ${database.cutConnections()} connections`);
    });
    await after('the database crashes and is up after 5 s', load, async () => {
      await database.crash();
      await sleep(5000);
      await database.up();
    });
  }
  await load.stop();
} catch (error) {
  console.error(`scale-out: ${error.message}`);
  isFine = false;
} finally {
  await processes.stop();
  database?.stop();
  await sleep(500);
  if (isFine) {
    rmSync(directory, { recursive: true, force: true });
  } else {
    console.error(`The logs of its processes are in ${directory}.`);
  }
}
process.exit(isFine ? 0 : 1);
