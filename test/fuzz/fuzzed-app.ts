/** The fuzzer's side of app-process.ts: starts it, asks it, and knows when it has died. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DatabasePlace } from '../engines/database-place.ts';
import { cleanEnvironment } from '../started-app.ts';
import { serviceV8Flags } from '../v8-flags.ts';
import type { AppMessage, AppQuestion } from './app-process.ts';
import type { FuzzRequest } from './fuzz-request.ts';

type Told<Kind extends AppMessage['kind']> = Extract<AppMessage, { kind: Kind }>;

export type FuzzedApp = Omit<Told<'ready'>, 'kind' | 'sessionHeaders'> & {
  /** Headers that make a request the administrator's. */
  administratorHeaders: FuzzRequest['headers'];
  rssBytes(): Promise<number>;
  fingerprint(): Promise<Record<string, string>>;
  /** Undefined while the process lives; then how it ended. */
  death(): string | undefined;
  stop(): Promise<void>;
};

/** Starts the service on the database of `place`, with the sample where it is empty. Rejects when it does not start. */
export async function startFuzzedApp(place: DatabasePlace): Promise<FuzzedApp> {
  const child = fork(fileURLToPath(new URL('app-process.ts', import.meta.url)), [JSON.stringify(place)], {
    execArgv: ['--expose-gc', ...serviceV8Flags],
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let death: string | undefined;
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4_000);
  });
  const exited = new Promise<void>((resolve) =>
    child.once('close', (code, signal) => {
      death = `ended with ${code ?? signal}: ${complaints}`;
      resolve();
    }),
  );
  const dies = exited.then(() => Promise.reject(new Error(death)));
  dies.catch(() => undefined);
  const ready = await Promise.race([hear(child, 'ready'), dies]);

  async function ask<Kind extends AppMessage['kind'] & AppQuestion>(kind: Kind): Promise<Told<Kind>> {
    const answer = hear(child, kind);
    child.send(kind);
    return Promise.race([answer, dies]);
  }
  return {
    url: ready.url,
    routes: ready.routes,
    layerIds: ready.layerIds,
    administratorHeaders: Object.entries(ready.sessionHeaders),
    rssBytes: async () => (await ask('memory')).rssBytes,
    fingerprint: async () => (await ask('fingerprint')).tables,
    death: () => death,
    async stop() {
      if (child.connected) child.send('stop' satisfies AppQuestion);
      const deadline = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await exited;
      clearTimeout(deadline);
    },
  };
}

function hear<Kind extends AppMessage['kind']>(child: ChildProcess, kind: Kind): Promise<Told<Kind>> {
  return new Promise((resolve) => {
    const listen = (message: AppMessage): void => {
      if (message.kind !== kind) return;
      child.off('message', listen);
      resolve(message as Told<Kind>);
    };
    child.on('message', listen);
  });
}
