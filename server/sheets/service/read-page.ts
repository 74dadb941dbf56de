/** Plan and content of one page under rights that hold for both. */
import type { SheetSpec } from '../../../geodata/contract/sheets.ts';
import type { ReadingRights } from '../../accounts/reading-rights.ts';
import { BusyError } from '../../errors.ts';
import type { SheetContent, SheetPlan } from '../sheet-content.ts';
import { refuseBlocked } from './refuse-blocked.ts';
import type { SheetOrderer } from './sheet-orderer.ts';
import type { SheetSource } from './sheet-source.ts';

export type PageWish = {
  spec: SheetSpec;
  orderer: SheetOrderer;
  page: { number: number; of: number } | null;
  /** A blocked sheet is read all the same. */
  isPreview?: boolean;
  /** Made before, under rights of this scope. */
  planned?: { plan: SheetPlan; scope: string };
};

/** How often a page is read anew when rights change while it is read. */
const mostAttempts = 3;

/**
 * Throws what planning and reading throw, UnprocessableError for a sheet that is blocked, BusyError where rights keep
 * changing, `signal.reason` when aborted.
 */
export async function readPage(
  source: SheetSource,
  { spec, orderer, page, planned, isPreview = false }: PageWish,
  signal: AbortSignal,
): Promise<{ content: SheetContent; rights: ReadingRights }> {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const rights = await source.rights(orderer);
    signal.throwIfAborted();
    const plan = planned?.scope === rights.scope ? planned.plan : await source.plan(spec, orderer, rights);
    if (!isPreview) refuseBlocked(plan.notices);
    signal.throwIfAborted();
    const content = await source.read(plan, orderer, rights, page, signal);
    signal.throwIfAborted();
    // A layer may have been closed between the look at the rights and the look at the data.
    if ((await source.rights(orderer)).scope === rights.scope) return { content, rights };
  }
  throw new BusyError({
    zh: '数据和权限正在变更,请稍后重试。',
    en: 'Data and rights are being changed; try again in a moment.',
  });
}
