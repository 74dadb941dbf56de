/** JSON schemas that follow from a layer's definition: of its Feature and of its queryables. */
import type { LayerDefinition, LayerField, LayerHistory } from '../../geodata/catalogue/layer-definition.ts';
import type { Language } from '../http/language.ts';
import { asOfParameter } from './as-of.ts';

const jsonTypes: Record<LayerField['type'], { type: string; format?: string }> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  real: { type: 'number' },
  date: { type: 'string', format: 'date' },
  boolean: { type: 'boolean' },
  timestamp: { type: 'string', format: 'date-time' },
};

const unitSymbols: Record<NonNullable<LayerField['unit']>, string> = {
  m2: 'm²',
  m: 'm',
  percent: '%',
  '10k_cny': '10 000 CNY',
  year: 'a',
};

const geometrySchemas = {
  MultiPolygon: 'https://geojson.org/schema/MultiPolygon.json',
  MultiLineString: 'https://geojson.org/schema/MultiLineString.json',
};

function propertySchema(field: LayerField, language: Language): object {
  return {
    ...jsonTypes[field.type],
    title: field.title[language],
    ...(field.unit === undefined ? {} : { 'x-ogc-unit': unitSymbols[field.unit] }),
    ...(field.enum === undefined
      ? {}
      : { 'x-values': field.enum.map((entry) => ({ value: entry.value, title: entry.title[language] })) }),
  };
}

/** Schema of a Feature of the layer. Values are not closed: a later delivery may bring others. */
export function featureSchema(layer: LayerDefinition, url: string, language: Language): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: url,
    title: layer.title[language],
    description: layer.description[language],
    type: 'object',
    required: ['type', 'geometry', 'properties'],
    properties: {
      type: { type: 'string', enum: ['Feature'] },
      id: { type: 'string' },
      geometry: { $ref: geometrySchemas[layer.table.geometryType] },
      properties: {
        type: 'object',
        properties: Object.fromEntries(
          layer.fields.map((field) => [field.name, propertySchema(field, language)]),
        ),
      },
    },
  };
}

/** Schema of the properties that items requests may filter by (OGC API Features Part 3, queryables). */
export function queryablesSchema(layer: LayerDefinition, url: string, language: Language): object {
  const fields = layer.fields.filter((field) => field.filter);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: url,
    title: layer.title[language],
    type: 'object',
    additionalProperties: false,
    ...(layer.history === null ? {} : { 'x-lantu-as-of': asOfSchema(layer.history, language) }),
    properties: {
      geometry: { $ref: geometrySchemas[layer.table.geometryType], 'x-ogc-role': 'primary-geometry' },
      ...Object.fromEntries(fields.map((field) => [field.name, propertySchema(field, language)])),
    },
  };
}

/** Not a property: the parameter by which the layer is read as of a day, and the fields that differ by it. */
function asOfSchema({ fields }: LayerHistory, language: Language): object {
  return {
    parameter: asOfParameter,
    type: 'string',
    format: 'date',
    description: {
      zh: '该日终了时的状态;属性条件也按该日的值筛选。',
      en: 'State at the end of that day; conditions on properties are held against it too.',
    }[language],
    fields: fields.map(({ field }) => field),
  };
}
