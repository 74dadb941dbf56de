/** An atlas as an order: which pages, and what of the sheet at hand they take over. Pure. */
import type { SheetSeries, SheetSpec } from '../../../geodata/contract/sheets.ts';
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';

export type SeriesChoice =
  | { by: 'county'; which: 'all' | 'one' }
  | { by: 'site'; which: 'all' | 'county' | 'filtered' | 'selected' };

/** What the choices that name something refer to. */
export type SeriesSubjects = {
  /** The county chosen on the map or of the sheet; null: none. */
  adcode: string | null;
  selectedSite: string | null;
  /** Codes of the sites that the legend and the county leave on the map; null while not known or nothing is filtered. */
  filteredSites: readonly string[] | null;
};

/** The pages asked for; null where the choice refers to nothing. */
export function seriesOf(
  choice: SeriesChoice,
  { adcode, selectedSite, filteredSites }: SeriesSubjects,
): SheetSeries | null {
  if (choice.by === 'county') {
    if (choice.which === 'all') return { by: 'county' };
    return adcode === null ? null : { by: 'county', adcodes: [adcode] };
  }
  switch (choice.which) {
    case 'all':
      return { by: 'site' };
    case 'county':
      return adcode === null ? null : { by: 'site', adcode };
    case 'selected':
      return selectedSite === null ? null : { by: 'site', codes: [selectedSite] };
    case 'filtered':
      return filteredSites === null || filteredSites.length === 0
        ? null
        : { by: 'site', codes: [...filteredSites] };
  }
}

/**
 * The sheet every page is made after: of the template that fits its subject, without what belongs to one page alone (its
 * title, place and scale). Another template than the sheet's own brings its own paper and layers.
 */
export function pageOfSeries({ by }: SeriesChoice, sheet: SheetSpec, first: string): SheetSpec {
  const { scale: _scale, srid: _srid, layers, slots, ...rest } = sheet;
  const { title: _title, subtitle: _subtitle, ...texts } = slots;
  const isSame = sheet.template === by;
  const { paper, orientation } = sheetTemplates[by];
  return {
    ...rest,
    ...(isSame ? {} : { paper, orientation }),
    ...((isSame || by === 'county') && layers !== undefined ? { layers } : {}),
    template: by,
    area: by === 'county' ? { kind: 'county', adcode: first } : { kind: 'site', code: first },
    slots: texts,
  };
}
