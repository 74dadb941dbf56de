/**
 * Many pages as one order: all are planned, then each is read while the one before is drawn, so that two pages at most are
 * in memory. As one PDF that a drawing thread keeps open, or as files in a zip.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SheetNotice, SheetSpec } from '../../../geodata/contract/sheets.ts';
import { UnprocessableError } from '../../errors.ts';
import { writeZip, type ZipPart } from '../../exports/write-zip.ts';
import { today } from '../../http/day-parameter.ts';
import type { SheetIndex } from '../compose/compose-index-page.ts';
import type { SheetContent } from '../sheet-content.ts';
import type { PageGeo } from '../writers/pdf-viewport.ts';
import { worldFile } from '../writers/world-file.ts';
import type { DrawPool } from './draw-pool.ts';
import type { Drawn } from './draw-protocol.ts';
import { mergeNotices } from './make-sheet.ts';
import { readPage } from './read-page.ts';
import { refuseBlocked } from './refuse-blocked.ts';
import { plainName, sheetContentTypes, sheetFileName } from './sheet-file-name.ts';
import type { MadeFile, OrderReporter } from './sheet-jobs.ts';
import type { SheetOrderer } from './sheet-orderer.ts';
import type { PlannedPage, SeriesOrder, SeriesSubject, SheetSource } from './sheet-source.ts';

/** Where drawn pages go. */
type Sink = {
  index(index: SheetIndex, indexPages: number): Promise<void>;
  page(content: SheetContent, geo: PageGeo): Promise<Drawn>;
  finish(): Promise<void>;
  /** After anything failed. Never rejects. */
  giveUp(): Promise<void>;
};

/** Throws as `SheetSource.subjects`, `readPage` and `DrawPool` do; nothing of it is left in the thread then. */
export async function makeSeries(
  source: SheetSource,
  pool: DrawPool,
  { order, orderer, folder }: { order: SeriesOrder; orderer: SheetOrderer; folder: string },
  { signal, setPages, pageDone }: OrderReporter,
): Promise<MadeFile & { pages: number }> {
  const rights = await source.rights(orderer);
  const subjects = await source.subjects(order.series, rights);
  setPages(subjects.length + 1);
  const pages: PlannedPage[] = [];
  for (const subject of subjects) {
    signal.throwIfAborted();
    const spec = specOf(order.spec, subject);
    const plan = await source.plan(spec, orderer, rights);
    refuseBlocked(plan.notices);
    pages.push({ subject, plan });
  }
  const [first] = pages;
  if (first === undefined) throw nothingToDraw();
  const { index, indexPages } = await source.index(order, pages, orderer, rights);
  const of = indexPages + pages.length;
  setPages(of);
  const name = index.title;
  const path = join(folder, `series.${order.format}`);
  const sink =
    order.format === 'pdf'
      ? await pdfSink(pool, { path, title: name, order }, signal)
      : await zipSink(pool, { path, folder, order, of }, signal);
  try {
    await sink.index(index, indexPages);
    const shared = sharedNotices(pages);
    for (let page = 0; page < indexPages; page += 1) pageDone(page === 0 ? shared : []);
    const read = (at: number) => {
      const page = pages[at];
      if (page === undefined) return null;
      const { plan } = page;
      const { spec } = plan;
      const reading = readPage(
        source,
        { spec, orderer, page: { number: indexPages + at + 1, of }, planned: { plan, scope: rights.scope } },
        signal,
      );
      // Heard of when its turn comes.
      reading.catch(() => undefined);
      return reading;
    };
    let hasSampleData = false;
    let date = '';
    let next = read(0);
    for (let at = 0; next !== null; at += 1) {
      const { content } = await next;
      next = read(at + 1);
      const drawn = await sink.page(content, await source.locate(content.plan));
      refuseBlocked(drawn.notices);
      hasSampleData ||= content.hasSampleData;
      date = content.date;
      const own = mergeNotices(content.plan.notices, drawn.notices).filter(isNotAmong(shared));
      pageDone(ofPage(pages[at]?.subject, own));
    }
    await sink.finish();
    const fileName = sheetFileName({
      title: name,
      paper: order.spec.paper,
      date,
      hasSampleData,
      extension: order.format,
    });
    const layers = first.plan.layers.map(({ definition }) => definition);
    return {
      path,
      name: fileName,
      contentType: sheetContentTypes[order.format],
      layers,
      map: null,
      pages: of,
    };
  } catch (error) {
    await sink.giveUp();
    throw error;
  }
}

/** Each page fits its own subject. */
function specOf(spec: SheetSpec, { area }: SeriesSubject): SheetSpec {
  const { scale: _scale, ...rest } = spec;
  return { ...rest, area };
}

/** What holds of every page is told once. */
function sharedNotices(pages: readonly PlannedPage[]): SheetNotice[] {
  const [first, ...others] = pages.map(({ plan }) => plan.notices);
  return (first ?? []).filter((notice) => others.every((notices) => !isNotAmong(notices)(notice)));
}

function isNotAmong(notices: readonly SheetNotice[]) {
  return ({ id, text }: SheetNotice): boolean =>
    !notices.some((other) => other.id === id && other.text.en === text.en);
}

/** Says of what page a notice is. */
function ofPage(subject: SeriesSubject | undefined, notices: readonly SheetNotice[]): SheetNotice[] {
  if (subject === undefined) return [...notices];
  const { zh, en } = subject.name;
  return notices.map((notice) => ({
    ...notice,
    text: { zh: `${zh}:${notice.text.zh}`, en: `${en}: ${notice.text.en}` },
  }));
}

async function pdfSink(
  pool: DrawPool,
  { path, title, order }: { path: string; title: string; order: SeriesOrder },
  signal: AbortSignal,
): Promise<Sink> {
  const { language, date = today() } = order.spec;
  const document = await pool.open({ path, title, language, date }, signal);
  return {
    index: async (index) => void (await document.add({ kind: 'index', document: 0, index }, signal)),
    page: (content, geo) => document.add({ kind: 'page', document: 0, content, geo }, signal),
    finish: () => document.end(signal),
    giveUp: document.drop,
  };
}

async function zipSink(
  pool: DrawPool,
  { path, folder, order, of }: { path: string; folder: string; order: SeriesOrder; of: number },
  signal: AbortSignal,
): Promise<Sink> {
  const { pageFormat: format, dpi } = order;
  const pagesFolder = join(folder, 'pages');
  await mkdir(pagesFolder);
  const parts: ZipPart[] = [];
  const digits = String(of).length;
  const nameOf = (number: number, title: string): string =>
    `${String(number).padStart(digits, '0')}_${plainName(title) || 'sheet'}`;
  return {
    async index(index, indexPages) {
      for (let at = 0; at < indexPages; at += 1) {
        const file = join(pagesFolder, `${at + 1}.${format}`);
        const { title } = await pool.draw({ kind: 'indexSheet', index, at, format, dpi, path: file }, signal);
        parts.push({ name: `${nameOf(at + 1, title)}.${format}`, file });
      }
    },
    async page(content, geo) {
      const number = content.page?.number ?? parts.length + 1;
      const file = join(pagesFolder, `${number}.${format}`);
      const drawn = await pool.draw({ kind: 'sheet', content, format, dpi, geo, path: file }, signal);
      const name = nameOf(number, drawn.title);
      parts.push({ name: `${name}.${format}`, file });
      const world = format === 'png' ? worldFile(drawn, dpi) : null;
      if (world !== null) parts.push({ name: `${name}.pgw`, text: world });
      return drawn;
    },
    finish: () => writeZip(path, parts, signal),
    giveUp: async () => undefined,
  };
}

function nothingToDraw(): UnprocessableError {
  return new UnprocessableError(
    { zh: '没有可出图的对象。', en: 'There is nothing to make pages of.' },
    { field: 'series' },
  );
}
