/** OpenAPI 3.0 description of /ogc, written from the definitions. */
import type { LayerDefinition, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import type { Language } from '../http/language.ts';
import { asOfParameter } from './as-of.ts';
import { defaultLimit, maxLimit } from './items-request.ts';
import { conformsTo } from './landing.ts';
import { crsListOf } from './response-crs.ts';

type Json = Record<string, unknown>;

const ref = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });

/** Every collection has its own paths, so that a reader sees which filters it takes. */
export function openApiDocument(
  root: string,
  layers: readonly LayerDefinition[],
  { region, language }: { region: Region; language: Language },
): object {
  const words = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const get = (operationId: string, summary: string, contentType: string, parameters: Json[] = []): Json => ({
    get: {
      operationId,
      summary,
      parameters,
      responses: {
        200: { description: 'OK', content: { [contentType]: { schema: { type: 'object' } } } },
        default: ref('responses', 'Problem'),
      },
    },
  });
  const json = 'application/json';
  const paths: Record<string, Json> = {
    '/': get('getLanding', words('入口', 'Landing page'), json, [ref('parameters', 'f')]),
    '/conformance': get('getConformance', words('符合的规范', 'Conformance'), json, [ref('parameters', 'f')]),
    '/tileMatrixSets': get('getTileMatrixSets', words('瓦片方案', 'Tile matrix sets'), json, [
      ref('parameters', 'f'),
    ]),
    '/collections': get('getCollections', words('图层列表', 'Collections'), json, [ref('parameters', 'f')]),
  };
  for (const layer of layers) Object.assign(paths, layerPaths(layer, language, get));
  return {
    openapi: '3.0.3',
    info: {
      title: words(
        `览图 · ${region.title.zh}空间规划图层`,
        `Lantu · Spatial planning layers of ${region.title.en}`,
      ),
      version: '1.0.0',
      'x-conformsTo': conformsTo,
    },
    servers: [{ url: root }],
    paths,
    components: { parameters: sharedParameters(region, words), responses: { Problem: problemResponse } },
  };
}

function layerPaths(
  layer: LayerDefinition,
  language: Language,
  get: (operationId: string, summary: string, contentType: string, parameters?: Json[]) => Json,
): Record<string, Json> {
  const base = `/collections/${layer.id}`;
  const title = layer.title[language];
  const format = ['f', 'lang'].map((name) => ref('parameters', name));
  const asOf = layer.history === null ? [] : [ref('parameters', asOfParameter)];
  const geometryForm = [
    ...['crs', 'precision', 'derived', 'skipGeometry'].map((name) => ref('parameters', name)),
    ...asOf,
  ];
  const page = ['bbox', 'bbox-crs', 'datetime', 'limit', 'after'].map((name) => ref('parameters', name));
  const filters = layer.fields
    .filter((field) => field.filter)
    .map((field) => filterParameter(field, language));
  const inPath = (name: string, schema: Json): Json => ({ name, in: 'path', required: true, schema });
  const geoJson = 'application/geo+json';
  return {
    [base]: get(`describe_${layer.id}`, title, 'application/json', format),
    [`${base}/schema`]: get(`schema_${layer.id}`, title, 'application/schema+json', format),
    [`${base}/queryables`]: get(`queryables_${layer.id}`, title, 'application/schema+json', format),
    [`${base}/items`]: get(`items_${layer.id}`, title, geoJson, [
      ...page,
      ...geometryForm,
      ...format,
      ...filters,
    ]),
    [`${base}/items/{featureId}`]: get(`feature_${layer.id}`, title, geoJson, [
      inPath('featureId', { type: 'string' }),
      ...geometryForm,
      ...format,
    ]),
    [`${base}/tiles`]: get(`tilesets_${layer.id}`, title, 'application/json', format),
    [`${base}/tiles/WebMercatorQuad`]: get(`tileset_${layer.id}`, title, 'application/json', [
      ...format,
      ...asOf,
    ]),
    [`${base}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`]: get(
      `tile_${layer.id}`,
      title,
      'application/vnd.mapbox-vector-tile',
      [
        ...['tileMatrix', 'tileRow', 'tileCol'].map((name) => inPath(name, { type: 'integer', minimum: 0 })),
        ...asOf,
      ],
    ),
  };
}

const openApiTypes: Record<LayerField['type'], Json> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  real: { type: 'number' },
  date: { type: 'string', format: 'date' },
  boolean: { type: 'boolean' },
  timestamp: { type: 'string', format: 'date-time' },
};

function filterParameter(field: LayerField, language: Language): Json {
  return {
    name: field.name,
    in: 'query',
    required: false,
    description: field.title[language],
    style: 'form',
    explode: false,
    schema: { type: 'array', items: openApiTypes[field.type] },
  };
}

function sharedParameters(region: Region, words: (zh: string, en: string) => string): Record<string, Json> {
  const crsUris = crsListOf(region).map((crs) => crs.uri);
  const query = (name: string, description: string, schema: Json, style: Json = {}): Json => ({
    name,
    in: 'query',
    required: false,
    description,
    schema,
    ...style,
  });
  const list = { style: 'form', explode: false };
  return {
    limit: query('limit', words('一页的要素数', 'Features on a page'), {
      type: 'integer',
      minimum: 1,
      maximum: maxLimit,
      default: defaultLimit,
    }),
    after: query('after', words('取自 next 链接', 'Taken from a next link'), { type: 'string' }),
    bbox: query(
      'bbox',
      words('西,南,东,北(或带高程的六个数)', 'West, south, east, north (or six numbers with heights)'),
      { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
      list,
    ),
    'bbox-crs': query('bbox-crs', words('bbox 的坐标系', 'CRS of the bbox'), {
      type: 'string',
      enum: crsUris,
    }),
    datetime: query('datetime', words('日期或区间', 'Day, instant or interval'), { type: 'string' }),
    [asOfParameter]: query(
      asOfParameter,
      words('该日终了时的状态;不晚于今天', 'State at the end of that day, at most today'),
      { type: 'string', format: 'date' },
    ),
    crs: query('crs', words('坐标系', 'CRS of the answer'), { type: 'string', enum: crsUris }),
    precision: query('precision', words('经纬度小数位数', 'Decimals of a degree'), {
      type: 'integer',
      enum: [6, 8],
      default: 6,
    }),
    derived: query(
      'derived',
      words('另附的派生图形', 'Derived geometries to add'),
      { type: 'array', items: { type: 'string', enum: ['anchor', 'axis'] } },
      list,
    ),
    skipGeometry: query('skipGeometry', words('不要图形', 'Leave geometries out'), {
      type: 'boolean',
      default: false,
    }),
    f: query('f', words('格式', 'Format'), { type: 'string', enum: ['json'] }),
    lang: query('lang', words('语言', 'Language'), { type: 'string', enum: ['zh-CN', 'en'] }),
  };
}

const problemResponse: Json = {
  description: 'RFC 9457',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          instance: { type: 'string' },
          code: { type: 'string' },
          field: { type: 'string' },
        },
      },
    },
  },
};
