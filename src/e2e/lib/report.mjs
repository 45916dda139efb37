import { appendFileSync } from 'node:fs';

/** What the runner started, for the tests. */
export const world = JSON.parse(process.env.E2E_WORLD ?? 'null') ?? fail();

/**
 * Notes one row of docs/compatibility.md.
 *
 * @param table which table
 * @param row its cells, in the table's order
 */
export function note(table, ...row) {
  appendFileSync(world.results, `${JSON.stringify({ table, row })}\n`);
}

function fail() {
  throw new Error('Start the tests with node run.mjs');
}
