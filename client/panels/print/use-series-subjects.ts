/** What an atlas can be made of at present: counties, and the sites as county, legend and selection leave them. */
import { useMemo } from 'react';
import type { SheetSpec } from '../../../geodata/contract/sheets.ts';
import { useFeatureRows } from '../../api/feature-rows.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useCountyName, useLayer, useLoadedCatalogue } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { rowsWithValues } from '../mine-rows.ts';
import type { SeriesChoice, SeriesSubjects } from './series-order.ts';
import { selectedSite } from './sheet-from-map.ts';

type Option = SeriesChoice & { label: string };

export function useSeriesSubjects(sheet: SheetSpec): {
  subjects: SeriesSubjects;
  options: Option[];
  /** Code of any site; null where there is none to read. */
  firstSite: string | null;
} {
  const { series: texts } = useSheetTexts();
  const language = useLanguage();
  const { region } = useLoadedCatalogue();
  const countyName = useCountyName();
  const mines = useLayer(MINE_LAYER);
  const county = useAppState((state) => state.county);
  const picked = useAppState((state) => state.filter[MINE_LAYER]);
  const site = useAppState((state) => selectedSite(state));
  const hasSites = mines !== undefined && isReadable(mines);
  const rows = useFeatureRows(MINE_LAYER, { enabled: hasSites }).data?.rows;
  const adcode = sheet.area.kind === 'county' ? sheet.area.adcode : county;

  return useMemo(() => {
    const entries = mines?.definition.style.categories;
    const ofCounty = rows?.filter(({ properties }) => county === null || properties.county_adcode === county);
    const values = new Set(
      entries?.entries.filter(({ id }) => picked?.includes(id)).flatMap((entry) => entry.values),
    );
    const filtered =
      picked === undefined || entries === undefined || ofCounty === undefined
        ? null
        : rowsWithValues(ofCounty, entries.field, values).map(({ code }) => code);
    const count = (value: number) => formatNumber(value, language);
    const options: Option[] = [
      { by: 'county', which: 'all', label: texts.allCounties(count(region.counties.length)) },
    ];
    if (adcode !== null)
      options.push({ by: 'county', which: 'one', label: texts.oneCounty(countyName(adcode)) });
    if (hasSites) {
      options.push({ by: 'site', which: 'all', label: texts.allSites(count(mines.featureCount)) });
      if (adcode !== null)
        options.push({ by: 'site', which: 'county', label: texts.sitesOfCounty(countyName(adcode)) });
      if (filtered !== null)
        options.push({ by: 'site', which: 'filtered', label: texts.filteredSites(count(filtered.length)) });
      if (site !== null) options.push({ by: 'site', which: 'selected', label: texts.selectedSite });
    }
    return {
      subjects: { adcode, selectedSite: site, filteredSites: filtered },
      options,
      firstSite: rows?.[0]?.code ?? null,
    };
  }, [mines, rows, county, picked, site, adcode, hasSites, texts, language, region, countyName]);
}
