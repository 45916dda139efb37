import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HERE } from './world.mjs';

/** The installed version of a package. */
export function version(name) {
  return JSON.parse(readFileSync(path.join(HERE, 'node_modules', name, 'package.json'), 'utf8')).version;
}
