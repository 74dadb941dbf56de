/**
 * Runs commands for the command line inside a server that holds the embedded database, which no second process
 * can open. One command at a time, later ones wait their turn; when the other side leaves, its command is aborted.
 * On PostgreSQL the command line opens its own connections and nothing listens here.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Command } from '../cli/command.ts';
import type { Context } from '../context.ts';
import { LantuError, UnprocessableError } from '../errors.ts';
import { controlAddress } from './control-address.ts';
import { type ControlAnswer, requestSchema } from './control-protocol.ts';

export type ControlServer = {
  /** Aborts what runs, waits until it has ended, and listens no more. */
  close(): Promise<void>;
};

/** A request is a few words and a path. */
const longestRequestBytes = 1_000_000;

export async function startControl(
  context: Context,
  findCommand: (id: string) => Promise<Command | undefined>,
): Promise<ControlServer> {
  if (context.database.engine === 'server') return { close: async () => undefined };
  const running = new Set<{ abort: AbortController; ended: Promise<void> }>();
  let turn: Promise<void> = Promise.resolve();

  async function serve(socket: Socket, signal: AbortSignal): Promise<void> {
    const send = (answer: ControlAnswer): void => {
      if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`);
    };
    const line = await firstLine(socket, signal);
    if (line === undefined) return;
    const before = turn;
    const mine = Promise.withResolvers<void>();
    turn = mine.promise;
    try {
      const request = requestSchema.parse(JSON.parse(line));
      const command = await findCommand(request.command);
      if (command === undefined) throw unknownCommand(request.command);
      const parsed = command.parse(request.words, request.folder);
      const waiting = setTimeout(() => send({ kind: 'progress', text: waitingText }), 200);
      await before;
      clearTimeout(waiting);
      signal.throwIfAborted();
      context.log.info({ command: request.command }, 'a command runs');
      await parsed.run(context, { report: (text) => send({ kind: 'progress', text }), signal });
      send({ kind: 'done' });
    } catch (error) {
      if (!signal.aborted && !(error instanceof LantuError)) context.log.error(error, 'a command failed');
      send({ kind: 'failed', text: failureText(error) });
    } finally {
      await before;
      mine.resolve();
    }
  }

  const server = createServer((socket) => {
    const abort = new AbortController();
    const leave = (): void => abort.abort(cancelled());
    socket.once('close', leave).on('error', leave);
    const entry = { abort, ended: Promise.resolve() };
    // serve() answers every failure itself; what escapes it must not end the server.
    entry.ended = serve(socket, abort.signal)
      .catch((error: unknown) => context.log.error(error, 'a command could not be answered'))
      .finally(() => {
        socket.destroySoon();
        running.delete(entry);
      });
    running.add(entry);
  });
  await listen(server, controlAddress(context.config.dataDir));
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const all = [...running];
      for (const { abort } of all) abort.abort(cancelled());
      await Promise.allSettled(all.map(({ ended }) => ended));
      await closed;
    },
  };
}

/** Holding the lock of the data folder, this process may replace the socket file of one that was killed. */
function listen(server: Server, address: string): Promise<void> {
  const isFile = process.platform !== 'win32';
  if (isFile) rmSync(address, { force: true });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      if (isFile) chmodSync(address, 0o600);
      server.off('error', reject);
      resolve();
    });
  });
}

/** The first line, or undefined when the other side leaves without one, sends too much, or the server stops. */
function firstLine(socket: Socket, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > longestRequestBytes) socket.destroy();
    });
    const lines = createInterface({ input: socket });
    lines.once('line', resolve);
    lines.once('close', () => resolve(undefined));
    signal.addEventListener('abort', () => resolve(undefined));
  });
}

const waitingText = {
  zh: '另一条命令正在运行,排队等候…',
  en: 'Another command is running; waiting for it …',
};

function cancelled(): LantuError {
  return new UnprocessableError({ zh: '命令已取消', en: 'The command was cancelled' });
}

function unknownCommand(id: string): LantuError {
  return new UnprocessableError({
    zh: `运行中的服务没有命令“${id}”,请重新启动服务后再试。`,
    en: `The running server has no command "${id}"; restart it and try again.`,
  });
}

function failureText(error: unknown): { zh: string; en: string } {
  if (error instanceof LantuError) return error.text;
  const message = error instanceof Error ? error.message : String(error);
  return { zh: `命令失败:${message}`, en: `The command failed: ${message}` };
}
