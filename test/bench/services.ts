/** The servers that are measured side by side, each a process of its own on one database. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, projectDir } from '../started-app.ts';
import type { BenchPlace } from './bench-place.ts';

export type Service = {
  /** http://host:port */
  origin: string;
  /** What its database connections call themselves. */
  applicationName: string;
  /** Processor time of the process so far in seconds; NaN where it cannot be told. */
  cpuSeconds(): Promise<number>;
  /** Resident memory of the process in MB; NaN where it cannot be told. */
  residentMegabytes(): Promise<number>;
  stop(): Promise<void>;
};

/** The product as `npm start` runs it, with its defaults; its log goes to a file, as a service's does. */
export async function startOurs(place: BenchPlace, { sample = false } = {}): Promise<Service> {
  const logFile = join(place.dataDir, 'bench.log');
  const log = openSync(logFile, 'w');
  const [program = '', ...words] = startCommand();
  const child = spawn(program, words, {
    cwd: projectDir,
    env: {
      ...cleanEnvironment(),
      // Where npm finds the pinned Node.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      PORT: '0',
      LANTU_DATA_DIR: place.dataDir,
      LANTU_SAMPLE: sample ? 'on' : 'off',
      // The client says of some requests that they come from elsewhere.
      LANTU_TRUST_PROXY: 'loopback',
      ...(place.databaseUrl === undefined ? {} : { DATABASE_URL: place.databaseUrl }),
    },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const origin = await printedAddress(logFile, () => child.exitCode !== null);
  async function metric(name: string): Promise<number> {
    const text = await (await fetch(`${origin}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? Number.NaN);
  }
  return {
    origin,
    applicationName: 'lantu',
    cpuSeconds: () => metric('process_cpu_seconds_total'),
    residentMegabytes: async () => (await metric('process_resident_memory_bytes')) / 2 ** 20,
    async stop() {
      child.kill();
      await exited;
    },
  };
}

/** The script `start` of package.json as npm runs it: its shell becomes the service. On Windows, as README says. */
function startCommand(): string[] {
  if (process.platform === 'win32')
    return [process.execPath, join(projectDir, 'server/launch.mjs'), 'main.ts'];
  const text = readFileSync(join(projectDir, 'package.json'), 'utf8');
  const { scripts } = JSON.parse(text) as { scripts: { start: string } };
  return ['/bin/sh', '-c', scripts.start];
}

async function printedAddress(logFile: string, ended: () => boolean): Promise<string> {
  for (let attempt = 0; attempt < 1_800 && !ended(); attempt += 1) {
    const address = /览图 Lantu: (https?:\/\/\S+?)\/?\s/.exec(readFileSync(logFile, 'utf8'))?.[1];
    if (address !== undefined) return address;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the service did not start:\n${readFileSync(logFile, 'utf8')}`);
}

export async function startFloor(databaseUrl: string): Promise<Service> {
  const file = fileURLToPath(new URL('floor-server.ts', import.meta.url));
  const child = spawn(process.execPath, [file, databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    child.once('exit', (code) => reject(new Error(`the floor ended with code ${code}`)));
  });
  return {
    origin,
    applicationName: 'floor',
    async cpuSeconds() {
      const usage = (await (await fetch(`${origin}/cpu`)).json()) as { user: number; system: number };
      return (usage.user + usage.system) / 1e6;
    },
    residentMegabytes: async () => Number.NaN,
    async stop() {
      child.kill();
      await exited;
    },
  };
}
