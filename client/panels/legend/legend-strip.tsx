/** Legend, filter and summary in one strip: symbol, phase, count; a click shows only that phase. */
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { Swatch } from '../../map/legend-swatch.tsx';
import { useAppState } from '../../state/app-state.ts';
import { useLayer } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { useEntryCounts } from './phase-counts.ts';
import { toggleEntry } from './toggle-entry.ts';

export function LegendStrip() {
  const { legend: texts } = useTexts();
  const layer = useLayer(MINE_LAYER);
  if (layer === undefined || layer.state === 'not-loaded') {
    return <div className="legend-strip legend-strip-empty">{texts.empty}</div>;
  }
  return <FilterStrip layer={layer} />;
}

function FilterStrip({ layer }: { layer: CatalogueLayer }) {
  const { legend: texts } = useTexts();
  const language = useLanguage();
  const word = useWord();
  const county = useAppState((state) => state.county);
  const picked = useAppState((state) => state.filter[layer.definition.id]);
  const setFilter = useAppState((state) => state.setFilter);
  const counts = useEntryCounts(layer, county);
  const { id, style } = layer.definition;
  const entries = (style.categories?.entries ?? []).filter(
    (entry) => (layer.categoryCounts[entry.id] ?? 0) > 0 || picked?.includes(entry.id),
  );

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a scrolling strip everywhere
    <div className="legend-strip" role="group" aria-label={texts.title}>
      <div className="legend-scroll">
        {entries.map((entry) => {
          const count = counts ? formatNumber(counts[entry.id] ?? 0, language) : '…';
          const pressed = picked?.includes(entry.id) ?? false;
          return (
            <button
              key={entry.id}
              type="button"
              className={picked && !pressed ? 'legend-entry legend-entry-off' : 'legend-entry'}
              aria-pressed={pressed}
              title={texts.filterBy(word(entry.title), count)}
              onClick={() => setFilter(id, toggleEntry(picked ?? null, entry.id, entries.length))}
            >
              <Swatch draw={{ ...style.draw, ...entry.draw }} size={14} />
              <span>{word(entry.title)}</span>
              <b className="figure">{count}</b>
            </button>
          );
        })}
      </div>
      <button
        type="button"
        className="legend-entry legend-reset"
        aria-pressed={picked === undefined}
        onClick={() => setFilter(id, null)}
      >
        {texts.reset}
      </button>
    </div>
  );
}
