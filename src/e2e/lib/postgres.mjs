import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { freePort } from './world.mjs';

const DEBIAN = '/usr/lib/postgresql';

/**
 * A PostgreSQL cluster of one run's own, on loopback, in a directory that goes with the run. PostgreSQL does not run as root: there it
 * runs as the system's user postgres.
 */
export class Postgres {
  /** The directory of the programs; undefined where there are none. */
  static programs() {
    const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
    return versions.map((version) => path.join(DEBIAN, version, 'bin')).find((bin) => existsSync(path.join(bin, 'initdb')));
  }

  static async start(directory) {
    const database = Object.assign(new Postgres(), { bin: Postgres.programs(), data: path.join(directory, 'postgres'), port: await freePort() });
    mkdirSync(database.data);
    database.as = process.getuid() === 0 ? { uid: id('-u'), gid: id('-g') } : {};
    if (database.as.uid) {
      chownSync(database.data, database.as.uid, database.as.gid);
      execFileSync('chmod', ['o+x', directory]);
    }
    database.run('initdb', ['-D', database.data, '-U', 'openfga', '--auth=trust', '-E', 'UTF8', '--no-sync']);
    await database.up();
    return database;
  }

  get url() {
    return `postgres://openfga@127.0.0.1:${this.port}/postgres?sslmode=disable`;
  }

  async up() {
    const options = ['-D', this.data, '-p', String(this.port), '-h', '127.0.0.1', '-k', this.data, '-c', 'fsync=off'];
    this.process = spawn(path.join(this.bin, 'postgres'), options, { ...this.as, cwd: this.data, stdio: 'ignore' });
    for (let tries = 0; tries < 300; tries++) {
      try {
        this.ask('SELECT 1');
        return;
      } catch {
        await sleep(100);
      }
    }
    throw new Error('PostgreSQL does not answer');
  }

  /** As a machine that loses its power: connections end at once, and what was not written is recovered at the next start. */
  async crash() {
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGQUIT');
    await gone;
  }

  /** Ends every connection of others; returns how many. */
  cutConnections() {
    return Number(this.ask('SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = \'client backend\''));
  }

  ask(sql) {
    return this.run('psql', ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'openfga', '-d', 'postgres', '-Atc', sql]).trim();
  }

  stop() {
    this.process?.kill('SIGINT');
  }

  run(program, args) {
    return execFileSync(path.join(this.bin, program), args, { ...this.as, cwd: this.data, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  }
}

function id(option) {
  return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
}
