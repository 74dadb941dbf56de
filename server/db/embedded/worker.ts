/**
 * The worker thread in which the embedded engine runs. It runs one batch of protocol messages after the
 * other and reports a fault wherever the engine lost an exception, since it must not be used after that.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { postgis } from '@electric-sql/pglite-postgis';
import type { WorkerInput, WorkerMessage, WorkerRequest } from './messages.ts';
import { checkAnswer } from './protocol.ts';

/** Exit status of PostgreSQL's own error handling (POSTGRES_MAIN_LONGJMP in pglite); any other is a lost exception. */
const ownErrorStatus = 100;

/** The two functions of the engine between which it drops exceptions that are not PostgreSQL's own. */
type EngineModule = {
  ___stack_pointer: { value: number };
  _PostgresMainLoopOnce: () => void;
  _pgl_setPGliteExitStatus: (status: number) => number;
};

const port = parentPort;
if (port === null) throw new Error('to be run as a worker thread');
const send = (message: WorkerMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

const { folder } = workerData as WorkerInput;
const engine = await PGlite.create({
  dataDir: folder,
  extensions: { postgis, pg_trgm },
  // Only read when the folder is new. Segments of 1 MB: with the usual 16 MB an empty database has 200 MB.
  initDbStartParams: ['--wal-segsize=1'],
});
containExceptions(engine.Module as unknown as EngineModule);
send({ kind: 'ready' });

port.on('message', async (request: WorkerRequest) => {
  if (request.kind === 'close') {
    // Writes a checkpoint, which makes the next start faster.
    await engine.close();
    port.close();
    return;
  }
  const { id, bytes, statements } = request;
  try {
    const chunks: Uint8Array[] = [];
    await engine.execProtocolRawStream(bytes, { onRawData: (chunk) => chunks.push(chunk.slice()) });
    const checked = checkAnswer(Buffer.concat(chunks), statements);
    if ('fault' in checked) send({ kind: 'fault', id, fault: checked.fault, detail: '' });
    else send({ kind: 'answer', id, bytes: checked.answer }, [checked.answer.buffer]);
  } catch (error) {
    const fault = error instanceof RangeError ? 'stack' : 'lost';
    send({ kind: 'fault', id, fault, detail: error instanceof Error ? error.message : String(error) });
  }
});

/**
 * GEOS reports through C++ exceptions. pglite catches every exception of its main loop, handles those of
 * PostgreSQL and goes on with the next message as if the others had not been, which gives an answer
 * without rows and without error. Between the two calls wrapped here is the one place to see them.
 * PostgreSQL's own errors leave that loop as exceptions too, and nobody gives back the stack they used
 * (about 1 kB each): without resetting the pointer every query fails after some 1 900 errors.
 */
function containExceptions(module: EngineModule): void {
  const runOnce = module._PostgresMainLoopOnce;
  const takeStatus = module._pgl_setPGliteExitStatus;
  const stackPointer = module.___stack_pointer;
  let thrown: unknown;
  module._PostgresMainLoopOnce = () => {
    const pointer = stackPointer.value;
    try {
      runOnce();
    } catch (error) {
      stackPointer.value = pointer;
      thrown = error;
      throw error;
    }
  };
  module._pgl_setPGliteExitStatus = (status) => {
    const previous = takeStatus(status);
    const lost = thrown;
    thrown = undefined;
    if (lost !== undefined && previous !== ownErrorStatus) throw lost;
    return previous;
  };
}
