/** The facts of a site in the words of its layer definition. Pure. */
import type { Bilingual, LayerDefinition, LayerField } from '../../../geodata/catalogue/layer-definition.ts';
import { hectares } from '../../../geodata/domain/hectares.ts';
import type { Region } from '../../../geodata/reference/region-schema.ts';
import type { SiteContent } from '../sheet-content.ts';

type Value = string | number | boolean | null | undefined;

/** Said elsewhere on the page, or of no use on paper. */
const leftOut = new Set(['name', 'data_kind', 'version']);

/** Fields of the popup in their order; those without a value are left out. Areas in 公顷, days as YYYY-MM-DD. */
export function siteFacts(
  layer: LayerDefinition,
  properties: Readonly<Record<string, Value>>,
  { counties }: Pick<Region, 'counties'>,
): SiteContent['facts'] {
  return layer.fields.flatMap((field) => {
    const value = properties[field.name];
    if (!field.popup || leftOut.has(field.name) || value === null || value === undefined || value === '')
      return [];
    if (field.name === 'county_adcode') {
      const county = counties.find(({ adcode }) => adcode === value);
      const name = county === undefined ? same(String(value)) : { zh: county.name, en: county.nameEn };
      return [{ title: { zh: '所在县(市、区)', en: 'County' }, value: name }];
    }
    return [{ title: field.title, value: wordsOf(field, value) }];
  });
}

function wordsOf({ enum: choices, unit, type }: LayerField, value: string | number | boolean): Bilingual {
  const chosen = choices?.find((choice) => choice.value === value)?.title;
  if (chosen !== undefined) return chosen;
  if (type === 'boolean') return value === true ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' };
  switch (unit) {
    case 'm2': {
      const area = hectares(Number(value));
      return { zh: `${area} 公顷`, en: `${area} ha` };
    }
    case 'm':
      return { zh: `${value} 米`, en: `${value} m` };
    case 'percent':
      return same(`${value}%`);
    case '10k_cny':
      return { zh: `${value} 万元`, en: `CNY ${value} × 10,000` };
    case 'year':
      return { zh: `${value} 年`, en: String(value) };
    case undefined:
      return same(String(value));
  }
}

function same(text: string): Bilingual {
  return { zh: text, en: text };
}
