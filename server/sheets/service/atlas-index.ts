/** The index of an atlas: which subject stands on which page, at which scale, and how far its sites have come. */
import type { Region } from '../../../geodata/reference/region-schema.ts';
import type { Database } from '../../db/database.ts';
import { readProgress } from '../../remediation/read-progress.ts';
import { type IndexEntry, indexPageCount, type SheetIndex } from '../compose/compose-index-page.ts';
import { say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import type { PlannedPage, SeriesOrder } from './sheet-source.ts';

export type AtlasWish = {
  order: SeriesOrder;
  pages: readonly PlannedPage[];
  /** Figures of the sites may be told. */
  mayTellSites: boolean;
  watermark: string;
  today: string;
};

type Measures = NonNullable<IndexEntry['measures']>;

/** The index, page 1 on, and how many pages it takes: those of the subjects follow. */
export async function atlasIndex(
  database: Database,
  region: Region,
  { order, pages, mayTellSites, watermark, today }: AtlasWish,
): Promise<{ index: SheetIndex; indexPages: number }> {
  const { language, paper, classification, date = today, asOf, slots } = order.spec;
  const isTold = order.series.by === 'county' && mayTellSites;
  const measures = isTold
    ? await measuresByCounty(database, region, asOf ?? null, today)
    : new Map<string, Measures>();
  const size = { paper, orientation: 'portrait' } as const;
  const indexPages = indexPageCount(size, pages.length, measures.size > 0);
  const hasSampleData = pages.some(({ plan }) => plan.notices.some(({ id }) => id === 'sample_data'));
  const index: SheetIndex = {
    ...size,
    title: `${say(region.title, language)}${language === 'en' ? ': ' : ''}${say(sheetWords.index, language)}`,
    subtitle: '',
    language,
    classification,
    bureau: slots.producer ?? say(region.bureau, language),
    date,
    hasSampleData,
    watermark: classification === 'internal' ? watermark : null,
    page: { number: 1, of: indexPages + pages.length },
    entries: pages.map(({ subject, plan }, at) => ({
      title: say(subject.name, language),
      page: indexPages + at + 1,
      scale: plan.scale,
      measures: (subject.area.kind === 'county' && measures.get(subject.area.adcode)) || null,
    })),
  };
  return { index, indexPages };
}

async function measuresByCounty(
  database: Database,
  region: Region,
  asOf: string | null,
  today: string,
): Promise<Map<string, Measures>> {
  const { groups } = await readProgress(database, region, { asOf, today, by: 'county' });
  return new Map((groups?.entries ?? []).map(({ key, standing }) => [key, standing]));
}
