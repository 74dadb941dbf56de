/** The command line's side of a running server: hands it a command and passes its lines on. */
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Reporter } from '../cli/command.ts';
import { LantuError } from '../errors.ts';
import { controlAddress } from './control-address.ts';
import { answerSchema, type ControlRequest } from './control-protocol.ts';

/** The command failed in the server; the text is the server's. */
export class CommandFailedError extends LantuError {
  readonly code = 'command-failed';
}

/**
 * 'done' when a server on this data folder ran the command, 'no-server' when none listens.
 * Throws CommandFailedError with the server's text, also when the server ends in the middle.
 */
export async function runInServer(
  dataDir: string,
  request: ControlRequest,
  reporter: Reporter,
): Promise<'done' | 'no-server'> {
  const socket = await connectTo(controlAddress(dataDir));
  if (socket === undefined) return 'no-server';
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      socket.destroy();
      reject(reporter.signal.reason);
    };
    if (reporter.signal.aborted) return leave();
    reporter.signal.addEventListener('abort', leave, { once: true });
    createInterface({ input: socket }).on('line', (line) => {
      const answer = answerSchema.parse(JSON.parse(line));
      if (answer.kind === 'progress') reporter.report(answer.text);
      else if (answer.kind === 'done') resolve('done');
      else reject(new CommandFailedError(answer.text));
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      reporter.signal.removeEventListener('abort', leave);
      reject(serverEnded());
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });
}

function connectTo(address: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
  });
}

function serverEnded(): LantuError {
  return new CommandFailedError({
    zh: '服务在命令完成之前停止;没有完成的改动已撤销。',
    en: 'The server stopped before the command was done; what was unfinished is undone.',
  });
}
