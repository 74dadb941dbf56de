/** Runs the GDAL worker within its bounds of time and memory, and ends it when nobody waits any more. */
import { Worker } from 'node:worker_threads';
import { UnprocessableError } from '../errors.ts';
import type { GdalAnswer, GdalTask, GdalWorkerData } from './gdal-worker.ts';

const usualBounds = { timeoutMs: 300_000, maxOldGenerationSizeMb: 1_024, maxWasmBytes: 2 ** 30 };
export type GdalBounds = typeof usualBounds;

export type GdalRows = Extract<GdalAnswer, { ok: true }>;

/** Throws UnprocessableError where GDAL cannot read the file or exceeds the bounds; `signal.reason` when aborted. */
export async function gdalRead(
  task: GdalTask,
  signal: AbortSignal,
  given: Partial<GdalBounds> = {},
): Promise<GdalRows> {
  signal.throwIfAborted();
  const { timeoutMs, maxOldGenerationSizeMb, maxWasmBytes } = { ...usualBounds, ...given };
  const worker = new Worker(new URL('./gdal-worker.ts', import.meta.url), {
    workerData: { ...task, maxWasmBytes } satisfies GdalWorkerData,
    resourceLimits: { maxOldGenerationSizeMb },
    stdout: true,
    stderr: true,
  });
  const answer = await new Promise<GdalAnswer>((resolve, reject) => {
    const deadline = setTimeout(() => reject(tooSlow(timeoutMs)), timeoutMs);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.once('message', resolve);
    worker.once('error', (error) => reject(unreadable([error.message])));
    worker.once('exit', (code) => reject(unreadable([`worker exit ${code}`])));
    void worker.once('message', () => clearTimeout(deadline)).once('exit', () => clearTimeout(deadline));
  }).finally(() => worker.terminate());
  if (!answer.ok) throw unreadable(answer.notes);
  return answer;
}

function tooSlow(timeoutMs: number): UnprocessableError {
  return new UnprocessableError({
    zh: `读取文件超过 ${timeoutMs / 1000} 秒,已停止。请检查文件是否损坏,或分批导入。`,
    en: `Reading the file took more than ${timeoutMs / 1000} s and was stopped; check that it is whole, or import it in parts.`,
  });
}

function unreadable(notes: readonly string[]): UnprocessableError {
  const words = notes.join('; ').slice(0, 400) || '—';
  return new UnprocessableError({
    zh: `文件无法读取,可能损坏或不完整(GDAL:${words})。请重新导出或拷贝后再试。`,
    en: `The file cannot be read; it may be damaged or incomplete (GDAL: ${words}). Export or copy it again.`,
  });
}
