/** What a file holds that is stored as it is but may be a mistake: said once per kind, with counts, never row by row. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { FieldValue } from '../../geodata/domain/feature-input.ts';
import { type Extent, touches } from '../../geodata/domain/identify-crs.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';

/** Values shown of each kind. */
const shownValues = 5;

export type Doubts = {
  /** Looks at a feature; `extent` in degrees, null without a shape. */
  add(properties: Readonly<Record<string, FieldValue>>, extent: Extent | null): void;
  /** Warnings about values outside the lists of the definition, counties of elsewhere and shapes beyond the region. */
  words(): Bilingual[];
};

export function collectDoubts(layer: LayerDefinition, region: Region): Doubts {
  const listed = layer.fields
    .filter((field) => field.enum !== undefined && !field.computed)
    .map((field) => ({ field, others: countOthers(new Set(field.enum?.map(({ value }) => value))) }));
  const counties = countOthers(new Set(region.counties.map(({ adcode }) => adcode)));
  let outside = 0;
  return {
    add(properties, extent) {
      for (const { field, others } of listed) others.add(properties[field.name] ?? null);
      counties.add(properties.county_adcode ?? null);
      if (extent !== null && !touches(extent, region.extent)) outside += 1;
    },
    words: () => [
      ...listed.flatMap(({ field, others }) =>
        others.words((count, list) => ({
          zh: `${count} 个要素的${field.title.zh}不在已知取值内(${list}),按原值保存`,
          en: `${count} features have a ${field.title.en} outside the known values (${list}), kept as it is`,
        })),
      ),
      ...counties.words((count, list) => ({
        zh: `${count} 个要素的县代码不属于${region.title.zh}(${list}),按原值保存`,
        en: `${count} features have a county code outside ${region.title.en} (${list}), kept as it is`,
      })),
      ...(outside === 0
        ? []
        : [
            {
              zh: `${outside} 个要素在${region.title.zh}范围之外`,
              en: `${outside} features lie outside ${region.title.en}`,
            },
          ]),
    ],
  };
}

/** Counts values that are not listed and keeps the first of them. */
function countOthers(listed: ReadonlySet<string>): {
  add(value: FieldValue): void;
  words(say: (count: number, list: string) => Bilingual): Bilingual[];
} {
  const seen = new Set<string>();
  let count = 0;
  return {
    add(value) {
      if (value === null || listed.has(String(value))) return;
      count += 1;
      if (seen.size <= shownValues) seen.add(String(value));
    },
    words(say) {
      if (count === 0) return [];
      const shown = [...seen].slice(0, shownValues).join('、');
      return [say(count, seen.size > shownValues ? `${shown}…` : shown)];
    },
  };
}
