/** The phone's list of sites that need attention: a tap shows one on the map. */
import { useFeatureRows } from '../../api/feature-rows.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { mapCommands } from '../../map/commands.ts';
import { Swatch } from '../../map/legend-swatch.tsx';
import { useAppState } from '../../state/app-state.ts';
import { useCountyName, useLayer } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { useMineProgress } from '../mine-progress.ts';
import { type AttentionKind, rowsNeedingAttention } from '../mine-rows.ts';
import { RequestNotice } from '../request-notice.tsx';
import { showFeature } from '../show-feature.ts';

export function AttentionList({ kind }: { kind: AttentionKind }) {
  const texts = useTexts();
  const word = useWord();
  const countyName = useCountyName();
  const county = useAppState((state) => state.county);
  const setPanel = useAppState((state) => state.setPanel);
  const layer = useLayer(MINE_LAYER);
  const progress = useMineProgress();
  const { data, error, refetch } = useFeatureRows(MINE_LAYER, { county });
  if (error && !data) {
    return <RequestNotice title={texts.errors.rows} error={error} retry={() => void refetch()} />;
  }
  if (!data || !progress.data || layer === undefined) return <p role="status">{texts.loading}</p>;
  const { categories, draw } = layer.definition.style;
  return (
    <ul className="attention-list">
      {rowsNeedingAttention(data.rows, kind, progress.data.asOf).map(({ code, properties }) => {
        const entry = categories?.entries.find(({ values }) =>
          values.includes(String(properties[categories.field])),
        );
        const place = countyName(String(properties.county_adcode ?? ''));
        return (
          <li key={code}>
            <button
              type="button"
              onClick={() => {
                setPanel('contextPanelOpen', false);
                showFeature(layer, code);
                mapCommands.fitSelection();
              }}
            >
              <Swatch draw={{ ...draw, ...entry?.draw }} size={16} />
              <span>{String(properties.name ?? code)}</span>
              <small>{[place, entry && word(entry.title)].filter(Boolean).join(' · ')}</small>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
