/** Features of one layer as answers: the database writes the features, here they are only put in their frame. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Database } from '../db/database.ts';
import { type FeatureRow, featureStatement, type ItemsRow, itemsStatement } from '../db/layer-items-sql.ts';
import { NotFoundError } from '../errors.ts';
import type { Answer } from '../http/answer-cache.ts';
import { asOfParameter } from './as-of.ts';
import type { CountMemory } from './count-memory.ts';
import type { FeatureRequest, ItemsRequest } from './items-request.ts';
import { joinFeatures } from './join-features.ts';

const geoJson = 'application/geo+json';

/**
 * One page as a FeatureCollection. `self` is the public address of the items without parameters. There is
 * no timeStamp: a kept answer could not say when it was sent, and without it equal data has equal bytes.
 */
export async function readItems(
  database: Database,
  layer: LayerDefinition,
  request: ItemsRequest,
  self: string,
  counts: CountMemory,
): Promise<Answer> {
  const { text, params } = itemsStatement(layer, {
    ...request,
    counted: counts.recall(layer.id, request.filter),
  });
  const [row] = await database.query<ItemsRow>(text, params, { class: 'read', readsOnly: true });
  if (row === undefined) throw new Error('the items statement gave no row');
  counts.keep(layer.id, request.filter, { revision: row.revision, matched: row.matched });
  const links = [
    { href: withParameters(self, request.parameters), rel: 'self', type: geoJson },
    { href: self.replace(/\/items$/, ''), rel: 'collection', type: 'application/json' },
  ];
  if (row.next_key !== null) {
    const next = new Map(request.parameters).set('limit', String(request.limit)).set('after', row.next_key);
    links.push({ href: withParameters(self, next), rel: 'next', type: geoJson });
  }
  const frame = `{"type":"FeatureCollection","numberMatched":${row.matched},"numberReturned":${row.returned},"links":${JSON.stringify(links)},"features":[`;
  return { revision: row.revision, ...geoJsonOf(joinFeatures(frame, row, ']}'), request) };
}

/** One Feature; throws NotFoundError. */
export async function readFeature(
  database: Database,
  layer: LayerDefinition,
  code: string,
  request: FeatureRequest & { asOf: string | null },
  self: string,
): Promise<Answer> {
  const { text, params } = featureStatement(layer, code, request);
  const [row] = await database.query<FeatureRow>(text, params, { class: 'lookup', readsOnly: true });
  if (row === undefined) {
    throw new NotFoundError({
      zh: `图层“${layer.title.zh}”中没有编号为“${code}”的要素。`,
      en: `Layer "${layer.title.en}" has no feature with the code "${code}".`,
    });
  }
  const links = [
    { href: withParameters(self, asOfOnly(request.asOf)), rel: 'self', type: geoJson },
    { href: self.replace(/\/items\/[^/]*$/, ''), rel: 'collection', type: 'application/json' },
  ];
  const body = `${row.heads}${row.shapes},"links":${JSON.stringify(links)}}`;
  return { revision: row.revision, ...geoJsonOf(body, request) };
}

function geoJsonOf(body: string | Buffer, { crs }: FeatureRequest): Omit<Answer, 'revision'> {
  return { contentType: geoJson, body, headers: { 'Content-Crs': `<${crs.uri}>` } };
}

function asOfOnly(asOf: string | null): ReadonlyMap<string, string> {
  return new Map(asOf === null ? [] : [[asOfParameter, asOf]]);
}

function withParameters(address: string, parameters: ReadonlyMap<string, string>): string {
  const query = [...parameters].map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return query.length === 0 ? address : `${address}?${query.join('&')}`;
}
