/**
 * The worker thread in which the embedded engine runs. It runs one batch of protocol messages after the
 * other and reports a fault where the engine broke down or gave half an answer: it must not be used after that.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { postgis } from '@electric-sql/pglite-postgis';
import { sortMemory } from '../database.ts';
import { exceptionsAsErrors, guardMainLoop } from './engine-exceptions.ts';
import type { WorkerInput, WorkerMessage, WorkerRequest } from './messages.ts';
import { neededPostgis } from './needed-postgis.ts';
import { checkAnswer } from './protocol.ts';
import { realFsync, syncedStartParams } from './real-fsync.ts';

const port = parentPort;
if (port === null) throw new Error('to be run as a worker thread');
const send = (message: WorkerMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

const { folder } = workerData as WorkerInput;
const engine = await PGlite.create({
  dataDir: folder,
  extensions: { postgis: neededPostgis(postgis), pg_trgm, exceptionsAsErrors, realFsync },
  startParams: [...syncedStartParams, '-c', `work_mem=${sortMemory}`],
  // Only read when the folder is new. Segments of 1 MB: with the usual 16 MB an empty database has 200 MB.
  initDbStartParams: ['--wal-segsize=1'],
});
guardMainLoop(engine);
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
    const fault = error instanceof RangeError ? 'stack' : 'broken';
    send({ kind: 'fault', id, fault, detail: error instanceof Error ? error.message : String(error) });
  }
});
