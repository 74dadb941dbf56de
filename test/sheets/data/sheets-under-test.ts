/** Planning and reading sheets of a database, as a signed-in viewer who may read everything unless told otherwise. */
import { catalogue } from '../../../geodata/catalogue/index.ts';
import { type SheetSpecInput, sheetSpecSchema } from '../../../geodata/contract/sheets.ts';
import { ganzhou } from '../../../geodata/reference/ganzhou/region.ts';
import type { Database } from '../../../server/db/database.ts';
import { readTwkbSequence, type TwkbGeometry } from '../../../server/features/mvt/twkb.ts';
import { planSheet } from '../../../server/sheets/plan/plan-sheet.ts';
import { readSheetContent } from '../../../server/sheets/read/read-sheet-content.ts';
import type { LayerContent, SheetContent, SheetPlan } from '../../../server/sheets/sheet-content.ts';
import type { SheetReader, SheetSources } from '../../../server/sheets/sheet-sources.ts';
import { silentLog } from '../../engines/database-place.ts';

export const viewer: SheetReader = {
  account: {
    role: 'viewer',
    id: '00000000-0000-4000-8000-000000000001',
    username: 'viewer',
    name: '查看',
    layers: [],
    units: [],
    mustChangePassword: false,
  },
  rights: { mayRead: () => true, check: () => undefined },
  today: '2025-10-08',
};

export type SheetsUnderTest = {
  sources: SheetSources;
  plan(spec: SheetSpecInput, reader?: SheetReader): Promise<SheetPlan>;
  read(spec: SheetSpecInput, reader?: SheetReader): Promise<SheetContent>;
};

export function sheetsOf(database: Database, others: Partial<SheetSources> = {}): SheetsUnderTest {
  const sources: SheetSources = {
    database,
    region: ganzhou,
    catalogue,
    log: silentLog,
    basemap: null,
    dataDir: '/nowhere',
    ...others,
  };
  const plan = (spec: SheetSpecInput, reader = viewer): Promise<SheetPlan> =>
    planSheet(sources, reader, sheetSpecSchema.parse(spec));
  return {
    sources,
    plan,
    read: async (spec, reader = viewer) =>
      readSheetContent(sources, reader, await plan(spec, reader), { watermark: '查看 09:12', page: null }),
  };
}

export function layerOf({ layers }: Pick<SheetContent, 'layers'>, id: string): LayerContent {
  const found = layers.find(({ layerId }) => layerId === id);
  if (found === undefined) throw new Error(`the sheet has no layer ${id}`);
  return found;
}

/** Shapes in hundredths of a millimetre from the upper left corner of the frame, one a feature. */
export function shapesOf(bytes: Uint8Array | null): TwkbGeometry[] {
  return bytes === null ? [] : [...readTwkbSequence(bytes)];
}
