// Starts the program under test on a free port, with a data folder of its own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 5_000;

/** Where the program is: FOREWARN_PROGRAM, or the debug build of this workspace. */
export function programPath() {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
  const path = process.env.FOREWARN_PROGRAM ?? join(target, 'debug/forewarn');
  if (!existsSync(path)) throw new Error(`${path} is not there. Build it first: cargo build`);
  return path;
}

/**
 * Starts `forewarn COMMAND` ('serve' or 'demo') and waits until it is ready.
 * `prepare` gets the server before its start, to import files or add people with `server.run(…)`.
 */
export async function startServer({ command = 'serve', prepare = () => {} } = {}) {
  const server = new Server(programPath(), command);
  try {
    await prepare(server);
    await server.start();
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

class Server {
  #program;
  #command;
  #process = null;
  #log = '';

  constructor(program, command) {
    this.#program = program;
    this.#command = command;
    /** Variables that it is started with. */
    this.settings = {};
    /** Other servers that its pages may lead to: { origin, stop }. */
    this.neighbours = [];
    this.folder = mkdtempSync(join(tmpdir(), 'forewarn-e2e-'));
  }

  /** Runs another command of the program on the same data, and returns what it printed. */
  run(...words) {
    const { status, stdout, stderr } = spawnSync(this.#program, [...words, '--data', this.folder], { encoding: 'utf8', env: environment() });
    if (status !== 0) throw new Error(`forewarn ${words.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
    return stdout;
  }

  /** Starts it, on the port it had before if it was stopped in between. */
  async start() {
    await this.takePort();
    const data = this.#command === 'demo' ? [] : ['--data', this.folder];
    const words = [this.#command, '--listen', `127.0.0.1:${this.port}`, ...data];
    this.#process = spawn(this.#program, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment(), ...this.settings } });
    for (const stream of [this.#process.stdout, this.#process.stderr]) stream.on('data', (bytes) => (this.#log += bytes));
    await this.#ready();
  }

  /** Where it will be, or is. */
  async takePort() {
    this.port ??= await freePort();
    this.base = `http://127.0.0.1:${this.port}`;
    return this.base;
  }

  /** Ends it (with `signal`; by force if that takes too long) and keeps its data: a lost connection, seen from the browser. */
  async interrupt(signal = 'SIGTERM') {
    const running = this.#process;
    this.#process = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    const force = setTimeout(() => running.kill('SIGKILL'), STOPPED_WITHIN_MS);
    await ended;
    clearTimeout(force);
  }

  /** Ends it and its neighbours, and removes its data. */
  async stop() {
    await this.interrupt('SIGKILL');
    await Promise.all(this.neighbours.map((neighbour) => neighbour.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** All that it has written since its first start. */
  get log() {
    return this.#log;
  }

  async #ready() {
    const deadline = performance.now() + READY_WITHIN_MS;
    while (performance.now() < deadline) {
      if (this.#process.exitCode !== null) break;
      const answer = await fetch(`${this.base}/readyz`).catch(() => null);
      if (answer?.ok) return;
      await pause(25);
    }
    throw new Error(`forewarn ${this.#command} did not become ready on ${this.base}. It wrote:\n${this.#log}`);
  }
}

function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOREWARN_')));
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
