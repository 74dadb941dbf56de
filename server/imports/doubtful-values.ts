/** What a file holds that is stored as it is but may be a mistake: said once per kind, with counts, never row by row. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { FeatureInput } from '../../geodata/domain/feature-input.ts';
import { type Extent, touches } from '../../geodata/domain/identify-crs.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';

/** Values shown of each kind. */
const shownValues = 5;

/** Warnings about values outside the lists of the definition, counties of elsewhere and shapes beyond the region. */
export function doubtfulValues(
  features: readonly FeatureInput[],
  layer: LayerDefinition,
  region: Region,
): Bilingual[] {
  const warnings: Bilingual[] = [];
  for (const field of layer.fields) {
    if (field.enum === undefined || field.computed) continue;
    const listed = new Set(field.enum.map(({ value }) => value));
    const { count, list } = others(features, field.name, listed);
    if (count === 0) continue;
    warnings.push({
      zh: `${count} 个要素的${field.title.zh}不在已知取值内(${list}),按原值保存`,
      en: `${count} features have a ${field.title.en} outside the known values (${list}), kept as it is`,
    });
  }
  const counties = new Set(region.counties.map(({ adcode }) => adcode));
  const elsewhere = others(features, 'county_adcode', counties);
  if (elsewhere.count > 0) {
    warnings.push({
      zh: `${elsewhere.count} 个要素的县代码不属于${region.title.zh}(${elsewhere.list}),按原值保存`,
      en: `${elsewhere.count} features have a county code outside ${region.title.en} (${elsewhere.list}), kept as it is`,
    });
  }
  const outside = features.filter(({ geometry }) => !touches(extentOf(geometry), region.extent)).length;
  if (outside > 0) {
    warnings.push({
      zh: `${outside} 个要素在${region.title.zh}范围之外`,
      en: `${outside} features lie outside ${region.title.en}`,
    });
  }
  return warnings;
}

/** How many features have a value that is not listed, and the first such values. */
function others(
  features: readonly FeatureInput[],
  name: string,
  listed: ReadonlySet<string>,
): { count: number; list: string } {
  const seen = new Set<string>();
  let count = 0;
  for (const { properties } of features) {
    const value = properties[name] ?? null;
    if (value === null || listed.has(String(value))) continue;
    count += 1;
    seen.add(String(value));
  }
  const shown = [...seen].slice(0, shownValues).join('、');
  return { count, list: seen.size > shownValues ? `${shown}…` : shown };
}

function extentOf(geometry: FeatureInput['geometry']): Extent {
  const extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const widen = (coordinates: readonly unknown[]): void => {
    const [x, y] = coordinates;
    if (typeof x === 'number' && typeof y === 'number') {
      extent[0] = Math.min(extent[0], x);
      extent[1] = Math.min(extent[1], y);
      extent[2] = Math.max(extent[2], x);
      extent[3] = Math.max(extent[3], y);
    } else {
      for (const part of coordinates) widen(part as readonly unknown[]);
    }
  };
  if (geometry !== null) widen(geometry.coordinates);
  return extent;
}
