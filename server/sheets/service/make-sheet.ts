/** One sheet from its spec to its bytes or file. */
import type { SheetFormat, SheetNotice, SheetSpec } from '../../../geodata/contract/sheets.ts';
import type { ReadingRights } from '../../accounts/reading-rights.ts';
import type { SheetPlan } from '../sheet-content.ts';
import type { DrawPool } from './draw-pool.ts';
import type { Drawn } from './draw-protocol.ts';
import { type PageWish, readPage } from './read-page.ts';
import { refuseBlocked } from './refuse-blocked.ts';
import { sheetFileName } from './sheet-file-name.ts';
import type { SheetOrderer } from './sheet-orderer.ts';
import type { SheetSource } from './sheet-source.ts';

export type SheetWish = {
  spec: SheetSpec;
  format: SheetFormat;
  dpi: number;
  orderer: SheetOrderer;
  isPreview?: boolean;
  /** Where it is written; null: the bytes are given. */
  path: string | null;
};

export type MadeSheet = {
  bytes: Uint8Array | null;
  plan: SheetPlan;
  map: Drawn['map'];
  fileName: string;
  notices: SheetNotice[];
  rights: ReadingRights;
};

/** Throws as `readPage` and `DrawPool.draw` do. */
export async function makeSheet(
  source: SheetSource,
  pool: DrawPool,
  { spec, format, dpi, orderer, path, isPreview = false }: SheetWish,
  signal: AbortSignal,
): Promise<MadeSheet> {
  const wish: PageWish = { spec, orderer, isPreview, page: null };
  const { content, rights } = await readPage(source, wish, signal);
  const geo = format === 'pdf' ? await source.locate(content.plan) : null;
  const drawn = await pool.draw({ kind: 'sheet', content, format, dpi, geo, path }, signal);
  if (!isPreview) refuseBlocked(drawn.notices);
  const { plan, date, hasSampleData } = content;
  return {
    bytes: drawn.bytes,
    plan,
    map: drawn.map,
    rights,
    notices: mergeNotices(plan.notices, drawn.notices),
    fileName: sheetFileName({
      title: drawn.title,
      paper: spec.paper,
      date,
      hasSampleData,
      extension: format,
    }),
  };
}

/** Each once. */
export function mergeNotices(...lists: (readonly SheetNotice[])[]): SheetNotice[] {
  const byWords = new Map(lists.flat().map((notice) => [`${notice.id} ${notice.text.en}`, notice]));
  return [...byWords.values()];
}
