/** What the legend's filter leaves: sites, area and where they are. */

import { useFeatureRows } from '../../api/feature-rows.ts';
import { formatNumber, formatShare, writeArea } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useCountyName, useLayer } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { countByValue, rowsWithValues, sumOf } from '../mine-rows.ts';
import { RequestNotice } from '../request-notice.tsx';
import { useCountyChoice } from './county-choice.ts';

export function FilteredFigures({ listedCount }: { listedCount: number }) {
  const texts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const countyName = useCountyName();
  const chooseCounty = useCountyChoice();
  const layer = useLayer(MINE_LAYER);
  const picked = useAppState((state) => state.filter[MINE_LAYER]);
  const county = useAppState((state) => state.county);
  const asOf = useAppState((state) => state.asOf);
  const setFilter = useAppState((state) => state.setFilter);
  const { data, error, refetch } = useFeatureRows(MINE_LAYER, {
    county,
    asOf,
    enabled: picked !== undefined,
  });
  const categories = layer?.definition.style.categories;
  if (picked === undefined || categories === undefined) return null;
  if (error && !data) {
    return <RequestNotice title={texts.errors.rows} error={error} retry={() => void refetch()} />;
  }

  const entries = categories.entries.filter(({ id }) => picked.includes(id));
  const values = new Set(entries.flatMap((entry) => entry.values));
  const rows = data && rowsWithValues(data.rows, categories.field, values);
  const byCounty = rows && county === null ? countByValue(rows, 'county_adcode') : [];
  const most = byCounty[0]?.count ?? 0;
  return (
    <section className="filtered" aria-label={texts.context.filtered}>
      <div className="section-head">
        <h3>
          {texts.context.filtered}: {entries.map(({ title }) => word(title)).join(' · ')}
        </h3>
        <button type="button" className="link-button" onClick={() => setFilter(MINE_LAYER, null)}>
          {texts.context.showAll}
        </button>
      </div>
      <p className="filtered-total" aria-live="polite">
        <strong>{rows ? texts.context.sites(formatNumber(rows.length, language)) : '…'}</strong>
        {rows && (
          <span>
            {writeArea(sumOf(rows, 'declared_area_m2'), language)} ·{' '}
            {texts.context.filteredShare(formatShare(rows.length, listedCount, language))}
          </span>
        )}
      </p>
      {byCounty.length > 0 && (
        <ul className="county-bars" aria-label={texts.context.filteredByCounty}>
          {byCounty.map(({ value, count }) => (
            <li key={value}>
              <button
                type="button"
                className="unit-bar unit-bar-plain"
                onClick={() => void chooseCounty(value)}
              >
                <span className="unit-name">{countyName(value)}</span>
                <span className="bar" aria-hidden="true">
                  <span style={{ width: `${(count / most) * 100}%` }} />
                </span>
                <b className="figure">{formatNumber(count, language)}</b>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
