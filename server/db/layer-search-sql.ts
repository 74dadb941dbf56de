/** Statement that finds features of all layers by name, code and pinyin. */
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { collectParams, columnRef, type Params, quoteLiteral, type Statement, tableOf } from './layer-sql.ts';

export type SearchRow = {
  layer_id: string;
  code: string;
  title: string | null;
  county_adcode: string | null;
  min_lng: number | null;
  min_lat: number | null;
  max_lng: number | null;
  max_lat: number | null;
};

/** At most `limit` rows: exact matches before beginnings, these before parts, pinyin last; the shorter title first, since 大余 means the county before its many parts. */
export function searchStatement(layers: readonly LayerDefinition[], query: string, limit: number): Statement {
  const params = collectParams();
  const asked: Asked = {
    exact: params.add(query, 'text'),
    beginning: params.add(`${escapePattern(query)}%`, 'text'),
    part: params.add(`%${escapePattern(query)}%`, 'text'),
    pinyin: params.add(pinyinPattern(query), 'text'),
    limit: params.add(limit, 'integer'),
  };
  const parts = layers.flatMap((layer, order) => searchLayer(layer, order, asked, params));
  const text = `select h.layer_id, h.code, h.title, h.county_adcode, h.min_lng, h.min_lat, h.max_lng, h.max_lat
from (
${parts.map((part) => `(${part})`).join('\nunion all\n')}
) as h
order by h.rank, length(h.title) nulls last, h.layer_order, h.sort_key, h.code
limit ${asked.limit}`;
  return { text, params: params.values };
}

type Asked = { exact: string; beginning: string; part: string; pinyin: string; limit: string };

/** %, _ and \ stand for themselves. */
function escapePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** Pattern on pinyin without spaces; null, which nothing is like, where the query is no pinyin. */
function pinyinPattern(query: string): string | null {
  const letters = query.toLowerCase().replaceAll(' ', '').replaceAll("'", '');
  return /^[a-zü]+$/.test(letters) ? `${letters}%` : null;
}

function searchLayer(layer: LayerDefinition, order: number, asked: Asked, params: Params): string[] {
  const searched = layer.fields.filter((field) => field.search).map((field) => columnRef(columnOf(field)));
  if (searched.length === 0) return [];
  const field = (name: string): string | undefined => {
    const found = layer.fields.find((candidate) => candidate.name === name);
    return found === undefined ? undefined : columnRef(columnOf(found));
  };
  // The pinyin key stands beside every name (see layer-insert-sql.ts).
  const sortKey = field('name') === undefined ? "''" : `f."name_sort"`;
  const anyOf = (operator: string, pattern: string): string =>
    searched.map((column) => `${column} ${operator} ${pattern}`).join(' or ');
  const box = `box2d(${columnRef(layer.table.geometry)})`;
  return [
    `select ${quoteLiteral(layer.id)} as layer_id,
    ${columnRef(layer.table.code)} as code,
    ${field(layer.titleField)}::text as title,
    ${field('county_adcode') ?? field('adcode') ?? 'null'}::text as county_adcode,
    ST_XMin(${box}) as min_lng, ST_YMin(${box}) as min_lat, ST_XMax(${box}) as max_lng, ST_YMax(${box}) as max_lat,
    case when ${anyOf('=', asked.exact)} then 0
      when ${anyOf('ilike', asked.beginning)} then 1
      when ${anyOf('ilike', asked.part)} then 2
      else 3 end as rank,
    ${params.add(order, 'integer')} as layer_order,
    ${sortKey} as sort_key
  from ${tableOf(layer)} as f
  where ${anyOf('ilike', asked.part)} or replace(${sortKey}, ' ', '') like ${asked.pinyin}
  order by rank, length(${field(layer.titleField)}) nulls last, sort_key, code
  limit ${asked.limit}`,
  ];
}
