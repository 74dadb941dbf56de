/** Starts the product as README says (`npm start`), in a process and data folder of its own, for tests that look from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectDir = fileURLToPath(new URL('..', import.meta.url));

export type StartedApp = {
  /** Printed address without a trailing slash. */
  url: string;
  dataDir: string;
  process: ChildProcess;
  /** Everything printed so far on both streams. */
  output(): string;
  /** Sends the signal to npm (not to node itself) and resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

export type StartAppOptions = {
  environment?: Record<string, string>;
  /** A folder to use again; otherwise an empty one, removed on stop. */
  dataDir?: string;
  /** The folder of a stopped program, to begin with a copy of it. */
  copyOf?: string;
  timeoutMs?: number;
};

/** Resolves once the address is printed. Rejects with the output when the start fails. */
export async function startApp(options: StartAppOptions = {}): Promise<StartedApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'lantu-app-')));
  if (options.copyOf !== undefined) await cp(options.copyOf, dataDir, { recursive: true });
  const child = spawn('npm', ['start', '--silent'], {
    cwd: projectDir,
    env: { ...cleanEnvironment(), PORT: '0', LANTU_DATA_DIR: dataDir, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`no address within the time limit:\n${output}`));
    }, options.timeoutMs ?? 180_000);
    const onData = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = /览图 Lantu: (https?:\/\/\S+?)\/?\s/.exec(output);
      if (match?.[1] === undefined) return;
      clearTimeout(deadline);
      resolve(match[1]);
    };
    child.stdout?.on('data', onData);
    child.stderr?.on('data', onData);
    void exited.then((code) => {
      clearTimeout(deadline);
      reject(new Error(`ended with code ${code} before it printed its address:\n${output}`));
    });
  });
  return {
    url,
    dataDir,
    process: child,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const code = await exited;
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

/** The environment without the settings of a developer's shell. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !name.startsWith('LANTU_') &&
      ![
        'DATABASE_URL',
        'PORT',
        'HOST',
        'NODE_OPTIONS',
        'NODE_ENV',
        'TEST',
        'DEV',
        'PROD',
        'MODE',
        'SSR',
        'BASE_URL',
      ].includes(name),
  );
  return Object.fromEntries(kept.filter(([name]) => !name.startsWith('VITEST')));
}

/** The password of one of the accounts that came with the sample, as the first start has kept it. */
export async function samplePassword(
  { dataDir }: Pick<StartedApp, 'dataDir'>,
  username: string,
): Promise<string> {
  const kept = JSON.parse(await readFile(join(dataDir, 'sample-accounts.json'), 'utf8')) as {
    username: string;
    password: string;
  }[];
  const found = kept.find((account) => account.username === username);
  if (found === undefined) throw new Error(`no sample account ${username}`);
  return found.password;
}
