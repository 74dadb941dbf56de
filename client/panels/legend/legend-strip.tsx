/** Legend, filter and summary in one strip: symbol, phase, count; a click shows only that phase. */
import { CloseOutlined } from '@ant-design/icons';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { Swatch } from '../../map/legend-swatch.tsx';
import { useAppState } from '../../state/app-state.ts';
import { ClosedNote } from '../account/closed-note.tsx';
import { useCountyChoice } from '../context/county-choice.ts';
import { useCountyName, useLayer } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { useEntryCounts } from './phase-counts.ts';
import { toggleEntry } from './toggle-entry.ts';

export function LegendStrip() {
  const { legend: texts, session } = useTexts();
  const word = useWord();
  const layer = useLayer(MINE_LAYER);
  if (layer === undefined || layer.state === 'not-loaded') {
    return <div className="legend-strip legend-strip-empty">{texts.empty}</div>;
  }
  if (!isReadable(layer)) {
    return (
      <div className="legend-strip legend-strip-empty">
        <ClosedNote text={`${word(layer.definition.title)} · ${session.needsSignIn}`} />
      </div>
    );
  }
  return <FilterStrip layer={layer} />;
}

/** The strip counts one county only: which, and the way back. */
function CountyMark({ county }: { county: string }) {
  const { legend: texts } = useTexts();
  const name = useCountyName()(county);
  const chooseCounty = useCountyChoice();
  return (
    <button
      type="button"
      className="legend-entry legend-county"
      title={texts.clearCounty(name)}
      aria-label={texts.clearCounty(name)}
      onClick={() => void chooseCounty(null)}
    >
      <span>{name}</span>
      <CloseOutlined />
    </button>
  );
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
    (entry) =>
      Math.max(layer.categoryCounts[entry.id] ?? 0, counts?.[entry.id] ?? 0) > 0 ||
      picked?.includes(entry.id),
  );

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a scrolling strip everywhere
    <div className="legend-strip" role="group" aria-label={texts.title}>
      {county !== null && <CountyMark county={county} />}
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
      {picked !== undefined && (
        <button
          type="button"
          className="legend-entry legend-reset"
          onClick={({ currentTarget }) => {
            // The button goes with the filter: the focus stays in the strip.
            currentTarget.parentElement?.querySelector('button')?.focus({ preventScroll: true });
            setFilter(id, null);
          }}
        >
          {texts.reset}
        </button>
      )}
    </div>
  );
}
