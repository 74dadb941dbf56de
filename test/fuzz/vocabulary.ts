/** Honest values, by the name of what they stand for, so that the fuzzer gets past the first check now and then. */
import { jobPlaceholder } from './open-jobs.ts';

export type Vocabulary = {
  /** By name of a path parameter, query parameter or JSON property. */
  examples: ReadonlyMap<string, readonly string[]>;
  /** Query parameters a path pattern says it knows. */
  parameters: ReadonlyMap<string, readonly string[]>;
};

const crsUris = [
  'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  'http://www.opengis.net/def/crs/EPSG/0/4490',
  'http://www.opengis.net/def/crs/EPSG/0/4526',
];

const knownExamples: Record<string, readonly string[]> = {
  bbox: ['114,25,115,26', '114.9,25.8,115.1,25.9', '113.9,24.4,116.7,27.2'],
  'bbox-crs': crsUris,
  crs: crsUris,
  limit: ['1', '10', '200'],
  f: ['json'],
  lang: ['zh', 'en'],
  as_of: ['2024-06-30', '2025-09-30'],
  q: ['矿', 'ganzhou', '章贡', '3607'],
  datetime: ['2024-01-01/2024-12-31', '2025-09-30', '../2025-01-01'],
  precision: ['6', '8'],
  derived: ['anchor', 'anchor,axis'],
  skipGeometry: ['true', 'false'],
  z: ['0', '7', '9', '12'],
  y: ['0', '54', '218', '1750'],
  x: ['0', '104', '419', '3358'],
  id: ['1', '2', '7', '00000000-0000-4000-8000-000000000000', jobPlaceholder],
  name: ['profile-of-the-fuzzer'],
  format: ['geojson', 'gpkg', 'shp', 'xlsx', 'csv', 'kml', 'svg', 'png', 'pdf', 'zip'],
  spec: [
    '{"template":"city","area":{"kind":"region"}}',
    '{"template":"county","paper":"A4","area":{"kind":"county","adcode":"360732"},"layers":[{"id":"rivers"}]}',
    '{"template":"picture","area":{"kind":"center","center":[115,26]},"scale":100000}',
  ],
  dpi: ['72', '96'],
  template: ['city', 'county', 'site', 'wall', 'slide', 'picture'],
  paper: ['A4', 'A3', 'A0'],
  kind: ['region', 'county', 'site', 'extent', 'center'],
  adcode: ['360732'],
  scale: ['100000', '0'],
  by: ['county', 'site', 'status'],
  username: ['viewer', 'somebody-new'],
  password: ['not-the-password'],
  current: ['not-the-password'],
  next: ['Long-enough-2026'],
  role: ['viewer', 'editor'],
  layers: ['mine_sites'],
  units: ['360732'],
  disabled: ['true'],
  everywhere: ['false'],
  from: ['2025-01-01'],
  to: ['2026-12-31'],
  actor: ['viewer'],
  action: ['account'],
  before: ['10'],
  mode: ['replace', 'upsert', 'append'],
  encoding: ['GB18030', 'UTF-8'],
  classification: ['public', 'internal'],
  asOf: ['2025-09-30'],
  skipRejected: ['true'],
  part: ['0', '点'],
  title: ['标题'],
  columns: ['{}', '{"code":"BH"}'],
};

/** The service as a client sees it: `get` answers with status and text. */
type Get = (path: string) => Promise<{ status: number; text: string }>;

/** Asks the service itself: for the codes it has, and each route for the parameters it takes. */
export async function learnVocabulary(
  get: Get,
  paths: readonly string[],
  layerIds: readonly string[],
): Promise<Vocabulary> {
  const codes: string[] = [];
  for (const layerId of layerIds) {
    const { status, text } = await get(`/ogc/collections/${layerId}/items?limit=3&skipGeometry=true`);
    if (status !== 200) continue;
    const page = JSON.parse(text) as { features: { id?: unknown }[] };
    codes.push(...page.features.map(({ id }) => String(id)));
  }
  const examples = new Map<string, readonly string[]>(Object.entries(knownExamples));
  for (const name of ['collectionId', 'layerId', 'layer']) examples.set(name, layerIds);
  for (const name of ['code', 'featureId', 'siteCode']) examples.set(name, codes);
  const parameters = new Map<string, readonly string[]>();
  for (const path of paths) {
    const { text } = await get(
      `${fillPath(path, (name) => examples.get(name)?.[0] ?? '1')}?no-such-one=1&lang=en`,
    );
    const listed = /Known here: ([^."]*)\./.exec(text)?.[1];
    if (listed !== undefined && listed !== 'none') parameters.set(path, listed.split(', '));
  }
  return { examples, parameters };
}

/** The pattern with each `:parameter` replaced by what `pickValue` gives, which must be percent-encoded. */
export function fillPath(pattern: string, pickValue: (name: string) => string): string {
  return pattern.replace(/:([A-Za-z_]+)/g, (_whole, name: string) => pickValue(name));
}
