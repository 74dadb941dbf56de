/** The parameters of an items request, checked against the layer's definition. */
import type { LayerDefinition, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import { type BboxProblem, parseBbox } from '../../geodata/domain/bbox.ts';
import { parseDatetime, toDay } from '../../geodata/domain/datetime-interval.ts';
import type { DerivedMember, FeatureFormat, ItemsQuery } from '../db/layer-items-sql.ts';
import type { LayerFilter } from '../db/layer-sql.ts';
import { BadRequestError } from '../errors.ts';
import { refuseUnknown } from '../http/query-parameters.ts';
import { asOfParameter, parseAsOfOfLayer } from './as-of.ts';
import { crs84, type ResponseCrs } from './response-crs.ts';

export const defaultLimit = 1_000;
export const maxLimit = 10_000;

const formatParameters = ['f', 'lang', 'crs', 'precision', 'derived', 'skipGeometry', asOfParameter];
const pageParameters = ['bbox', 'bbox-crs', 'datetime', 'limit', 'after'];

export type ItemsRequest = Omit<ItemsQuery, 'counted'> & {
  crs: ResponseCrs;
  parameters: ReadonlyMap<string, string>;
};
export type FeatureRequest = FeatureFormat & { crs: ResponseCrs };

/** What of the catalogue and the region a request is held against. */
export type Known = { crsList: readonly ResponseCrs[]; catalogue: readonly LayerDefinition[] };

/** Throws BadRequestError naming the parameter at fault and what it may be. */
export function parseItemsRequest(
  layer: LayerDefinition,
  parameters: ReadonlyMap<string, string>,
  { crsList, catalogue }: Known,
): ItemsRequest {
  const filterable = layer.fields.filter((field) => field.filter);
  refuseUnknown(parameters, [
    ...pageParameters,
    ...formatParameters,
    ...filterable.map((field) => field.name),
  ]);
  return {
    ...parseFormat(parameters, crsList),
    parameters,
    filter: {
      boxes: parseBoxes(parameters, crsList),
      period: parsePeriod(parameters),
      properties: filterable.flatMap((field) => {
        const text = parameters.get(field.name);
        return text === undefined ? [] : [{ field: field.name, values: parseValues(field, text) }];
      }),
      asOf: parseAsOfOfLayer(layer, parameters, catalogue),
    },
    limit: parseLimit(parameters.get('limit')),
    afterKey: parseAfter(parameters.get('after')),
  };
}

/** The parameters of a request for one feature. */
export function parseFeatureRequest(
  layer: LayerDefinition,
  parameters: ReadonlyMap<string, string>,
  { crsList, catalogue }: Known,
): FeatureRequest & { asOf: string | null } {
  refuseUnknown(parameters, formatParameters);
  return { ...parseFormat(parameters, crsList), asOf: parseAsOfOfLayer(layer, parameters, catalogue) };
}

/** Throws BadRequestError for anything but JSON: a plain page is not offered. */
export function checkFormat(parameters: ReadonlyMap<string, string>): void {
  const asked = parameters.get('f');
  if (asked === undefined || ['json', 'geojson', 'application/json', 'application/geo+json'].includes(asked))
    return;
  throw badParameter('f', {
    zh: '只提供 JSON:请用 f=json 或省略 f。',
    en: 'Only JSON is offered: use f=json or leave f out.',
  });
}

function parseFormat(
  parameters: ReadonlyMap<string, string>,
  crsList: readonly ResponseCrs[],
): FeatureRequest {
  checkFormat(parameters);
  const crs = findCrs(parameters.get('crs'), 'crs', crsList);
  const precision = parameters.get('precision') ?? '6';
  if (precision !== '6' && precision !== '8') {
    throw badParameter('precision', {
      zh: 'precision 只能是 6(地图)或 8(下载)。',
      en: 'precision is 6 (maps) or 8 (downloads).',
    });
  }
  // A metre is about 1e-5 degrees: four decimals less say the same.
  const decimals = Number(precision) - (crs.unit === 'metre' ? 4 : 0);
  return {
    crs,
    skipGeometry: parseFlag('skipGeometry', parameters.get('skipGeometry')),
    derived: parseDerived(parameters.get('derived')),
    form: { srid: crs.srid, northFirst: crs.northFirst, decimals },
  };
}

function parseFlag(field: string, text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw badParameter(field, { zh: `${field} 只能是 true 或 false。`, en: `${field} is true or false.` });
}

function parseDerived(text: string | undefined): DerivedMember[] {
  if (text === undefined) return [];
  const asked = text.split(',');
  const members = (['anchor', 'axis'] as const).filter((member) => asked.includes(member));
  if (members.length === asked.length) return members;
  throw badParameter('derived', {
    zh: 'derived 可以是 anchor、axis 或 anchor,axis。',
    en: 'derived is anchor, axis, or anchor,axis.',
  });
}

function findCrs(uri: string | undefined, field: string, crsList: readonly ResponseCrs[]): ResponseCrs {
  if (uri === undefined) return crs84;
  const found = crsList.find((crs) => crs.uri === uri);
  if (found !== undefined) return found;
  const known = crsList.map((crs) => crs.uri).join(', ');
  throw badParameter(field, {
    zh: `${field} 不在支持之列。可用:${known}`,
    en: `${field} is not supported. Known here: ${known}`,
  });
}

const bboxProblems: Record<BboxProblem, { zh: string; en: string }> = {
  'wrong-count': {
    zh: 'bbox 应为 4 个或 6 个用逗号分隔的数。',
    en: 'bbox is 4 or 6 numbers separated by commas.',
  },
  'not-numbers': { zh: 'bbox 中有不是数的部分。', en: 'bbox has a part that is not a number.' },
  'reversed-north': {
    zh: 'bbox 的南边界大于北边界;顺序为西、南、东、北(EPSG 地理坐标系为南、西、北、东)。',
    en: 'The south of the bbox is greater than its north; the order is west, south, east, north (south, west, north, east for EPSG systems with latitude first).',
  },
  'reversed-height': {
    zh: 'bbox 的最低高程大于最高高程。',
    en: 'The lower height of the bbox is above the upper.',
  },
  'reversed-east': { zh: 'bbox 的西边界大于东边界。', en: 'The west of the bbox is greater than its east.' },
  outside: {
    zh: 'bbox 超出坐标系的范围。若为投影坐标,请同时给出 bbox-crs,并核对轴序和带号。',
    en: 'The bbox is outside its CRS. For projected numbers add bbox-crs, and check axis order and zone.',
  },
};

function parseBoxes(
  parameters: ReadonlyMap<string, string>,
  crsList: readonly ResponseCrs[],
): LayerFilter['boxes'] {
  const crs = findCrs(parameters.get('bbox-crs'), 'bbox-crs', crsList);
  const text = parameters.get('bbox');
  if (text === undefined) return [];
  const result = parseBbox(text, crs);
  if (!result.valid) throw badParameter('bbox', bboxProblems[result.reason]);
  return result.extents.map((extent) => ({ extent, srid: crs.srid }));
}

function parsePeriod(parameters: ReadonlyMap<string, string>): LayerFilter['period'] {
  const text = parameters.get('datetime');
  if (text === undefined) return null;
  const interval = parseDatetime(text);
  if (interval !== null) return interval;
  throw badParameter('datetime', {
    zh: 'datetime 应为日期、RFC 3339 时刻或区间,例如 2025-03-01、2025-01-01/2025-03-31、2025-01-01/..',
    en: 'datetime is a day, an RFC 3339 instant or an interval, such as 2025-03-01, 2025-01-01/2025-03-31 or 2025-01-01/..',
  });
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw badParameter('limit', {
    zh: `limit 应为 1 到 ${maxLimit} 的整数;更多要素请沿 next 链接翻页。`,
    en: `limit is a whole number from 1 to ${maxLimit}; follow the next links for more.`,
  });
}

function parseAfter(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (/^\d{1,18}$/.test(text)) return text;
  throw badParameter('after', {
    zh: 'after 只能取自上一页的 next 链接。',
    en: 'after is taken from the next link of the page before.',
  });
}

/** Values separated by commas; a backslash makes the following comma or backslash part of the value. */
function parseValues(field: LayerField, text: string): (string | number | boolean)[] {
  const parts = [''];
  for (let index = 0; index < text.length; index += 1) {
    const escaped = text[index] === '\\' && index + 1 < text.length;
    if (!escaped && text[index] === ',') parts.push('');
    else parts[parts.length - 1] += text[escaped ? ++index : index] ?? '';
  }
  return parts.map((part) => parseValue(field, part));
}

function parseValue(field: LayerField, text: string): string | number | boolean {
  switch (field.type) {
    case 'text':
      return text;
    case 'integer':
      if (/^[+-]?\d{1,15}$/.test(text)) return Number(text);
      break;
    case 'real':
      if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$/.test(text)) return Number(text);
      break;
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      break;
    case 'date':
    case 'timestamp': {
      const day = toDay(text);
      // In UTC: PostgreSQL knows fewer offsets than RFC 3339.
      if (day !== null) return field.type === 'date' || day === text ? day : new Date(text).toISOString();
      break;
    }
  }
  throw badParameter(field.name, {
    zh: `“${text}”不是${field.title.zh}的值(类型:${field.type})。`,
    en: `"${text}" is no value of ${field.title.en} (type: ${field.type}).`,
  });
}

function badParameter(field: string, text: { zh: string; en: string }): BadRequestError {
  return new BadRequestError(text, { field });
}
