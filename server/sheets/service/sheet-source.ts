/** What the service asks of the database: where a sheet lies, what is on it, and the subjects of a series. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import type {
  SheetOrder,
  SheetPlanResponse,
  SheetSeries,
  SheetSpec,
} from '../../../geodata/contract/sheets.ts';
import type { ReadingRights } from '../../accounts/reading-rights.ts';
import type { SheetIndex } from '../compose/compose-index-page.ts';
import type { SheetContent, SheetPlan } from '../sheet-content.ts';
import type { PageGeo } from '../writers/pdf-viewport.ts';
import type { SheetOrderer } from './sheet-orderer.ts';

/** One page of a series. */
export type SeriesSubject = { area: SheetSpec['area']; name: Bilingual };

export type PlannedPage = { subject: SeriesSubject; plan: SheetPlan };

/** An order of many pages. */
export type SeriesOrder = Omit<SheetOrder, 'series' | 'format'> & {
  series: SheetSeries;
  format: 'pdf' | 'zip';
};

export type SheetSource = {
  rights(orderer: SheetOrderer): Promise<ReadingRights>;
  /** Throws as `planSheet` does. */
  plan(spec: SheetSpec, orderer: SheetOrderer, rights: ReadingRights): Promise<SheetPlan>;
  /** Outline of the frame on the globe and the rest of the answer. */
  describe(plan: SheetPlan): Promise<SheetPlanResponse>;
  /** For a map others can measure in: where the corners of the frame lie. */
  locate(plan: SheetPlan): Promise<PageGeo>;
  read(
    plan: SheetPlan,
    orderer: SheetOrderer,
    rights: ReadingRights,
    page: { number: number; of: number } | null,
    signal: AbortSignal,
  ): Promise<SheetContent>;
  /** Index of a series and how many pages it takes. */
  index(
    order: SeriesOrder,
    pages: readonly PlannedPage[],
    orderer: SheetOrderer,
    rights: ReadingRights,
  ): Promise<{ index: SheetIndex; indexPages: number }>;
  /** In the order of the region. Throws UnprocessableError for a subject there is not, and where there is none. */
  subjects(series: SheetSeries, rights: ReadingRights): Promise<SeriesSubject[]>;
};
