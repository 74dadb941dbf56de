/**
 * A PostgreSQL of its own in a temporary folder on a free port, for the tests of the server engine.
 * PostgreSQL refuses to run as root: then it runs as the user postgres.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import pg from 'pg';

export type Cluster = {
  /** postgres://user@127.0.0.1:port, without a database name; no password is asked. */
  url: string;
  /** As kill -9 of the whole server would be: nothing is flushed or told. */
  kill(): Promise<void>;
  /** As a machine that hangs: connections stay open and nothing answers, until `resume`. */
  pause(): void;
  resume(): void;
  /** Starts again on the same data. */
  restart(): Promise<void>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
};

const leastVersion = 15;
const superuser = 'postgres';
/** A login of this name, where a test creates it, is asked for its password; every other one is trusted. */
export const accountWithPassword = 'with_password';
const startTimeoutMs = 30_000;

/** A started cluster, or why there is none on this machine. One not `durable` syncs nothing and is faster. */
export async function startCluster({ durable = true } = {}): Promise<Cluster | { missing: string }> {
  const binDir = findBinaries();
  if (binDir === undefined)
    return { missing: `PostgreSQL ${leastVersion} or newer with PostGIS is not installed` };
  const found = findAccount();
  if ('missing' in found) return found;
  const account: Account = found;
  const folder = mkdtempSync(join(tmpdir(), 'lantu-cluster-'));
  if (process.getuid?.() === 0) execFileSync('chown', [superuser, folder]);
  const dataDir = join(folder, 'data');
  execFileSync(
    join(binDir, 'initdb'),
    ['-D', dataDir, '-U', superuser, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...account.options, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const access = join(dataDir, 'pg_hba.conf');
  const rules = readFileSync(access, 'utf8');
  writeFileSync(access, `host all ${accountWithPassword} 127.0.0.1/32 scram-sha-256\n${rules}`);
  const port = await freePort();
  const url = `postgres://${superuser}@127.0.0.1:${port}`;
  let server = await startServer();

  async function startServer(): Promise<ChildProcess> {
    // Detached, so that a Ctrl-C of the test run is left to stop() and does not race it.
    const settings = [
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${folder}`,
      'max_connections=60',
      ...(durable ? [] : ['fsync=off']),
    ];
    const child = spawn(
      join(binDir as string, 'postgres'),
      ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      { ...account.options, cwd: folder, stdio: 'ignore', detached: true },
    );
    await waitUntilReady(url, child);
    return child;
  }

  function signalAll(signal: NodeJS.Signals): void {
    for (const pid of [server.pid, ...childrenOf(server.pid)])
      if (pid !== undefined) signalIfAlive(pid, signal);
  }

  async function end(signal: NodeJS.Signals, backends: number[] = []): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    for (const pid of backends) signalIfAlive(pid, 'SIGKILL');
    await ended;
  }

  return {
    url,
    kill: () => end('SIGKILL', childrenOf(server.pid)),
    pause: () => signalAll('SIGSTOP'),
    resume: () => signalAll('SIGCONT'),
    async restart() {
      // The last backends may take a moment to die, and while they live the server refuses to start.
      for (let attempt = 1; ; attempt += 1) {
        try {
          server = await startServer();
          return;
        } catch (error) {
          if (attempt === 20) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    },
    async stop() {
      await end('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself, which is as good.
  }
}

/** Every backend is a session of its own, so killing the group of the server would miss them. */
function childrenOf(pid: number | undefined): number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(list)) return [];
  return readFileSync(list, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

function findBinaries(): string | undefined {
  const debian = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...debian.sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`),
  ];
  return folders.find((folder) => {
    if (folder === '' || !existsSync(join(folder, 'initdb')) || !existsSync(join(folder, 'postgres')))
      return false;
    const text = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
    return Number(/(\d+)/.exec(text)?.[1]) >= leastVersion && hasPostgis(folder);
  });
}

function hasPostgis(binDir: string): boolean {
  const config = join(binDir, 'pg_config');
  const sharedDir = existsSync(config)
    ? execFileSync(config, ['--sharedir'], { encoding: 'utf8' }).trim()
    : join('/usr/share/postgresql', dirname(binDir).split('/').at(-1) ?? '');
  return existsSync(join(sharedDir, 'extension', 'postgis.control'));
}

type Account = { options: { uid?: number; gid?: number } };

function findAccount(): Account | { missing: string } {
  if (process.getuid?.() !== 0) return { options: {} };
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, superuser], { stdio: 'pipe' }).toString());
    return { options: { uid: id('-u'), gid: id('-g') } };
  } catch {
    return { missing: `as root PostgreSQL needs a user named ${superuser} to run as` };
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const client = new pg.Client({ connectionString: `${url}/postgres` });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
