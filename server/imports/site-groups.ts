/** Sites gathered from the rows of their patches: what the rows say of the site, areas summed or taken whole. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { FieldValue } from '../../geodata/domain/feature-input.ts';
import type { UnsortedRow } from './batch-rows.ts';
import { summedFields } from './find-patches.ts';

type Properties = Record<string, FieldValue>;

export type SiteGroups = {
  /** Adds what the row of an accepted patch says of its site. */
  add(siteCode: string, row: number, properties: Properties): void;
  count(): number;
  /** The sites in the order of their first rows; geometry null, as the patches make it. */
  rows(): Generator<UnsortedRow>;
  /** Where rows of one site differ. */
  words(): Bilingual[];
};

type Site = { row: number; patches: number; properties: Properties; sums: Record<string, number> };

/** `wholeFields` are areas the rows repeat; the others add up over the patches of a site. */
export function groupSites(layer: LayerDefinition, wholeFields: readonly string[]): SiteGroups {
  const summed = summedFields.filter((name) => !wholeFields.includes(name));
  const sites = new Map<string, Site>();
  /** Fields met with different values in one site. */
  const differing = new Map<string, Set<string>>();
  return {
    add(siteCode, row, properties) {
      const site = sites.get(siteCode);
      if (site === undefined) {
        const sums = Object.fromEntries(summed.map((name) => [name, numberOf(properties[name])]));
        sites.set(siteCode, { row, patches: 1, properties, sums });
        return;
      }
      site.patches += 1;
      for (const name of summed) site.sums[name] = (site.sums[name] ?? 0) + numberOf(properties[name]);
      for (const [name, value] of Object.entries(properties)) {
        const first = site.properties[name] ?? null;
        if (first === null) site.properties[name] = value;
        else if (value !== null && value !== first) {
          const codes = differing.get(name) ?? new Set();
          differing.set(name, codes.add(siteCode));
        }
      }
    },
    count: () => sites.size,
    *rows() {
      for (const [code, { row, properties, sums }] of sites) {
        for (const name of summed) {
          if ((properties[name] ?? null) !== null) properties[name] = sums[name] ?? null;
        }
        const shape = { geometry: null, isSurelyValid: false, areaSquareMeters: null, axis: null };
        yield { row, code, ...shape, properties: { ...properties, code } };
      }
    },
    words: () =>
      [...differing]
        .filter(([name]) => !(summedFields as readonly string[]).includes(name))
        .map(([name, codes]) => {
          const title = layer.fields.find((field) => field.name === name)?.title ?? { zh: name, en: name };
          return {
            zh: `${codes.size} 座矿山的各行“${title.zh}”不一致,取第一行的值`,
            en: `the rows of ${codes.size} sites differ in ${title.en}; the first row's value is kept`,
          };
        }),
  };
}

function numberOf(value: FieldValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
