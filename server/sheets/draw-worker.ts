/** Thread that turns the content of pages into SVG, PNG and PDF; what it is told and answers is in service/draw-protocol.ts. */
import { writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { LantuError } from '../errors.ts';
import { composeIndexPages } from './compose/compose-index-page.ts';
import { composeSheet } from './compose/compose-sheet.ts';
import { composeVertexPages } from './compose/compose-vertex-pages.ts';
import type { Page } from './page.ts';
import type { DrawAnswer, Drawn, DrawTask } from './service/draw-protocol.ts';
import type { PageGeo } from './writers/pdf-viewport.ts';
import { type PdfWriter, startPdf, startPdfFile } from './writers/start-pdf.ts';
import { writePng } from './writers/write-png.ts';
import { writeSvg } from './writers/write-svg.ts';

const documents = new Map<number, PdfWriter<number>>();
const nothing: Drawn = { title: '', notices: [], bytes: null, map: null };

/** A tenth of the processor of a thread that answers maps, where there is not enough for both. */
const niceness = 10;

// On Linux a thread has a priority of its own: maps that people wait for go before sheets.
if (process.platform === 'linux') setPriority(0, niceness);

parentPort?.on('message', async (task: DrawTask) => {
  const answer = await answerTo(task);
  parentPort?.postMessage(answer, transferable(answer));
});

async function answerTo(task: DrawTask): Promise<DrawAnswer> {
  try {
    return { kind: 'drawn', drawn: await work(task) };
  } catch (error) {
    if (error instanceof LantuError) {
      return { kind: 'refused', code: error.code, text: error.text, field: error.field };
    }
    return {
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

async function work(task: DrawTask): Promise<Drawn> {
  switch (task.kind) {
    case 'sheet': {
      const { page, notices } = composeSheet(task.content);
      const following = task.format === 'pdf' ? composeVertexPages(task.content) : [];
      const { date } = task.content;
      return { ...(await fileOf(page, { ...task, date }, { geo: task.geo, following })), notices };
    }
    case 'indexSheet': {
      const page = composeIndexPages(task.index)[task.at];
      if (page === undefined) throw new Error(`the index has no page ${task.at + 1}`);
      return fileOf(page, { ...task, date: task.index.date }, { geo: null, following: [] });
    }
    case 'open': {
      const { path, title, language, date } = task;
      documents.set(task.document, startPdfFile(path, { title, language, date }));
      return nothing;
    }
    case 'page': {
      const { page, notices } = composeSheet(task.content);
      await open(task.document).addPage(page, task.geo);
      for (const next of composeVertexPages(task.content)) await open(task.document).addPage(next);
      return { ...nothing, title: page.title, map: page.map, notices };
    }
    case 'index':
      for (const page of composeIndexPages(task.index)) await open(task.document).addPage(page);
      return nothing;
    case 'end':
      await open(task.document).end();
      documents.delete(task.document);
      return nothing;
    case 'drop':
      // Whoever gave it up removes the file: here it is only let go of.
      await documents.get(task.document)?.end();
      documents.delete(task.document);
      return nothing;
  }
}

function open(document: number): PdfWriter<number> {
  const found = documents.get(document);
  if (found === undefined) throw new Error(`no document ${document}`);
  return found;
}

type FileWish = Pick<Extract<DrawTask, { kind: 'sheet' }>, 'format' | 'dpi' | 'path'> & {
  /** 制图日期, the day a PDF says it was made on. */
  date: string;
};
type Beside = { geo: PageGeo | null /** Pages after it in a PDF. */; following: readonly Page[] };

async function fileOf(page: Page, wish: FileWish, beside: Beside): Promise<Drawn> {
  const { path } = wish;
  const bytes = await bytesOf(page, wish, beside);
  if (path !== null) await writeFile(path, bytes, { mode: 0o600 });
  return { title: page.title, notices: [], map: page.map, bytes: path === null ? bytes : null };
}

async function bytesOf(
  page: Page,
  { format, dpi, date }: FileWish,
  { geo, following }: Beside,
): Promise<Uint8Array> {
  if (format === 'svg') return new TextEncoder().encode(writeSvg(page));
  if (format === 'png') return writePng(page, dpi);
  const writer = startPdf({ title: page.title, language: page.language, date });
  await writer.addPage(page, geo ?? undefined);
  for (const next of following) await writer.addPage(next);
  return writer.end();
}

/** Bytes that are a whole buffer go over without being copied. */
function transferable(answer: DrawAnswer): ArrayBuffer[] {
  if (answer.kind !== 'drawn' || answer.drawn.bytes === null) return [];
  const { buffer, byteLength } = answer.drawn.bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
