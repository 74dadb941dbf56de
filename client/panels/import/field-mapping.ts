/** The mapping of columns to fields while it is drawn up: suggested, taken from a profile, judged. Pure. */
import type { LayerDefinition, LayerField } from '../../../geodata/catalogue/layer-definition.ts';
import type { ImportProfile, ImportSettings, Inspection } from '../../../geodata/contract/imports.ts';
import { requiredFieldsOf } from '../../../geodata/domain/required-fields.ts';
import { importableFields, suggestColumns } from '../../../geodata/domain/suggest-columns.ts';

/** Column of the file by field name; null: the field is not imported. Holds every field that can be. */
export type Mapping = Record<string, string | null>;

export function suggestedMapping(
  layer: LayerDefinition,
  { columns, encoding }: Pick<Inspection, 'columns' | 'encoding'>,
): Mapping {
  const bytesPerHan = encoding && /^utf-?8$/i.test(encoding.name) ? 3 : 2;
  const suggested = suggestColumns(layer, columns, bytesPerHan);
  return Object.fromEntries(importableFields(layer).map(({ name }) => [name, suggested.get(name) ?? null]));
}

/** What was decided before for this layer, over what is suggested. */
export function startMapping(
  layer: LayerDefinition,
  inspection: Pick<Inspection, 'columns' | 'encoding'>,
  settings: ImportSettings,
): Mapping {
  const suggested = suggestedMapping(layer, inspection);
  if (settings.layerId !== layer.id || settings.mapping === undefined) return suggested;
  return withColumns(suggested, settings.mapping, inspection.columns).mapping;
}

/** The profile's columns; those the file does not have are told and left empty. */
export function applyProfile(
  layer: LayerDefinition,
  profile: Pick<ImportProfile, 'columns'>,
  columns: readonly string[],
): { mapping: Mapping; missing: string[] } {
  const none = Object.fromEntries(importableFields(layer).map(({ name }): [string, null] => [name, null]));
  return withColumns(none, profile.columns, columns);
}

function withColumns(
  mapping: Mapping,
  chosen: Mapping,
  columns: readonly string[],
): { mapping: Mapping; missing: string[] } {
  const known = new Set(columns);
  const wanted = Object.entries(chosen).filter(([name]) => name in mapping);
  return {
    mapping: {
      ...mapping,
      ...Object.fromEntries(
        wanted.map(([name, column]) => [name, column !== null && known.has(column) ? column : null]),
      ),
    },
    missing: wanted.flatMap(([, column]) => (column !== null && !known.has(column) ? [column] : [])),
  };
}

export type MappingCheck = {
  /** Required fields without a column: the import cannot go on. */
  missing: LayerField[];
  /** Columns that feed more than one field; allowed, but seldom meant. */
  doubled: string[];
  /** Nothing tells the features' codes. */
  withoutCode: boolean;
  unused: string[];
};

export function checkMapping(
  layer: LayerDefinition,
  mapping: Mapping,
  columns: readonly string[],
): MappingCheck {
  const required = requiredFieldsOf(layer.id);
  const used = Object.values(mapping).filter((column) => column !== null);
  const codeFields = importableFields(layer).filter(({ name }) => name === 'code' || name === 'adcode');
  return {
    missing: layer.fields.filter(({ name }) => required.includes(name) && !mapping[name]),
    doubled: [...new Set(used.filter((column, index) => used.indexOf(column) !== index))],
    withoutCode: codeFields.every(({ name }) => !mapping[name]),
    unused: columns.filter((column) => !used.includes(column)),
  };
}

/** The first values of a column that differ, null for an empty one. */
export function sampleValues(
  { sampleRows }: Pick<Inspection, 'sampleRows'>,
  column: string | null,
  most = 3,
): (string | null)[] {
  if (column === null) return [];
  const values = sampleRows.map(({ values: row }) => row[column] ?? null);
  return [...new Set(values.map((value) => (value === '' ? null : value)))].slice(0, most);
}
