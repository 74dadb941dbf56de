/** JSON schemas that follow from a layer's definition: of its Feature and of its queryables. */
import type { LayerDefinition, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { Language } from '../http/language.ts';

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
    properties: {
      geometry: { $ref: geometrySchemas[layer.table.geometryType], 'x-ogc-role': 'primary-geometry' },
      ...Object.fromEntries(fields.map((field) => [field.name, propertySchema(field, language)])),
    },
  };
}
