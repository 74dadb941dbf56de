/** The rows of a feature's popup: fields of its definition that have a value, read with their units. Pure. */
import type { LayerDefinition, LayerField } from '../../../geodata/catalogue/layer-definition.ts';
import type { FeatureProperties } from '../../api/feature.ts';
import {
  fieldUnitWord,
  formatFieldValue,
  formatLength,
  formatNumber,
  readableAreaUnit,
  writeArea,
  writeQuantity,
} from '../../i18n/format.ts';
import { wordIn } from '../../i18n/text.ts';
import type { Language } from '../../state/app-state.ts';

export type FieldRow = { name: string; title: string; value: string };
type Reading = { language: Language; countyName: (adcode: string) => string };

export const COUNTY_FIELD = 'county_adcode';

/** The value with its unit; areas also in the unit in which they read well. '' where there is none. */
export function readField(field: LayerField, value: unknown, { language, countyName }: Reading): string {
  if (field.name === COUNTY_FIELD && typeof value === 'string') return countyName(value);
  if (typeof value === 'number' && field.unit === 'm2') {
    const squareMeters = `${formatNumber(value, language, 2)} m²`;
    return readableAreaUnit(value) === 'm2'
      ? squareMeters
      : `${squareMeters} · ${writeArea(value, language)}`;
  }
  if (typeof value === 'number' && field.unit === 'm' && field.type === 'real') {
    return writeQuantity(formatLength(value, language));
  }
  const text = formatFieldValue(field, value, language);
  const unit = fieldUnitWord(field, language);
  if (text === '' || unit === '') return text;
  return unit === '%' ? `${text}%` : `${text} ${unit}`;
}

/** The county is titled by what it reads as, not by the code that is stored. */
export function fieldTitle(field: LayerField, language: Language): string {
  if (field.name === COUNTY_FIELD) return language === 'zh-CN' ? '县(市、区)' : 'County';
  return wordIn(language, field.title);
}

/** Popup fields with a value, without the title and the kind of data, which the card shows by itself. */
export function fieldRows(
  definition: LayerDefinition,
  properties: FeatureProperties,
  reading: Reading,
): FieldRow[] {
  return definition.fields
    .filter(({ name, popup }) => popup && name !== definition.titleField && name !== 'data_kind')
    .map((field) => ({
      name: field.name,
      title: fieldTitle(field, reading.language),
      value: readField(field, properties[field.name], reading),
    }))
    .filter(({ value }) => value !== '');
}

/** What the feature is called: its title field, else its code. */
export function featureTitle(
  definition: LayerDefinition,
  properties: FeatureProperties,
  code: string,
): string {
  const title = properties[definition.titleField];
  return typeof title === 'string' && title !== '' ? title : code;
}
