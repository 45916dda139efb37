import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';

/** Every process that a run starts, so that none is left: each has a process group of its own, which is ended as a whole. */
export class Processes {
  #running = [];
  #logs;

  constructor(logs) {
    this.#logs = logs;
  }

  /**
   * Starts a process and waits for a line of its standard output that begins with `ready`.
   *
   * @returns what stands behind `ready` on that line
   */
  async serve(name, [program, ...args], ready, { env = {}, seconds = 60 } = {}) {
    const log = path.join(this.#logs, `${name}.log`);
    const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    this.#running.push(child);
    child.stderr.pipe(createWriteStream(log, { flags: 'a' }));
    const lines = createInterface({ input: child.stdout });
    return new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`${name} ${why}. The end of ${log}:\n${tail(log)}`));
      const timer = setTimeout(() => fail(`did not say '${ready.trim()}' within ${seconds} s`), seconds * 1000);
      child.on('error', (error) => fail(`does not start: ${error.message}`));
      child.on('exit', (code, signal) => fail(`ended early (${signal ?? code})`));
      lines.on('line', (line) => {
        if (line.startsWith(ready)) {
          clearTimeout(timer);
          child.removeAllListeners('exit');
          resolve(line.slice(ready.length).trim());
        }
      });
    });
  }

  /** Starts a process that says nothing when it is ready, and waits until somebody answers at its port. */
  async serveAt(name, [program, ...args], port, env) {
    const log = createWriteStream(path.join(this.#logs, `${name}.log`), { flags: 'a' });
    const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    this.#running.push(child);
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
      try {
        await fetch(`http://127.0.0.1:${port}/`);
        return;
      } catch {
        await sleep(200);
      }
    }
    throw new Error(`${name} does not listen on port ${port}. The end of ${log.path}:\n${tail(log.path)}`);
  }

  /** Runs a program whose output is this process's own; returns its exit code. */
  run(program, args, options) {
    const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
    this.#running.push(child);
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code) => resolve(code ?? 1));
    });
  }

  /** Ends all, the last started first; whoever does not end in five seconds is killed. */
  async stop() {
    for (const child of this.#running.reverse()) {
      signal(child, 'SIGTERM');
      if (child.exitCode === null && child.signalCode === null) {
        await Promise.race([once(child, 'exit'), sleep(5000, undefined, { ref: false })]);
      }
      signal(child, 'SIGKILL');
    }
    this.#running = [];
  }

  /** Takes the processes of another run, to end them with its own. */
  also(others) {
    this.#running.push(...others.#running);
  }

  /** For the moment at which nothing can be waited for any more. */
  kill() {
    this.#running.forEach((child) => signal(child, 'SIGKILL'));
  }
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // Its group is gone already.
  }
}

function tail(file) {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(-20).join('\n');
  } catch {
    return '(no log)';
  }
}
