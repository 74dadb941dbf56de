/** The phone's list of the sites a figure counts: a tap shows one on the map. */
import { ArrowLeftOutlined } from '@ant-design/icons';
import { phaseDraws } from '../../../geodata/catalogue/mine-sites.ts';
import { statuses } from '../../../geodata/domain/workflow.ts';
import { useFigureSites } from '../../api/progress.ts';
import { formatNumber, writeArea } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { mapCommands } from '../../map/commands.ts';
import { Swatch } from '../../map/legend-swatch.tsx';
import { type FigureQuery, useAppState } from '../../state/app-state.ts';
import { useLayer } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { RequestNotice } from '../request-notice.tsx';
import { showFeature } from '../show-feature.ts';
import { useFigureWords } from './figure-words.ts';

export function FigureList({ query }: { query: FigureQuery }) {
  const { progress: texts, context, loading } = useTexts();
  const language = useLanguage();
  const word = useWord();
  const words = useFigureWords();
  const layer = useLayer(MINE_LAYER);
  const asOf = useAppState((state) => state.asOf);
  const { setPanel, setTableView } = useAppState.getState();
  const { data, error, refetch } = useFigureSites(query, asOf);
  return (
    <>
      <button
        type="button"
        className="link-button back-button"
        onClick={() => setTableView({ layerId: MINE_LAYER, figure: null })}
      >
        <ArrowLeftOutlined /> {texts.backToFigures}
      </button>
      <header className="context-head">
        <h2>{words(query)}</h2>
        {data && <b className="figure">{context.sites(formatNumber(data.count, language))}</b>}
      </header>
      {error && !data && (
        <RequestNotice title={texts.listFailed} error={error} retry={() => void refetch()} />
      )}
      {!data && !error && <p role="status">{loading}</p>}
      {data?.sites.length === 0 && <p className="quiet">{texts.emptyList}</p>}
      <ul className="attention-list">
        {data?.sites.map(({ code, name, status, areaSquareMeters, months }) => (
          <li key={code}>
            <button
              type="button"
              onClick={() => {
                if (layer === undefined) return;
                setPanel('contextPanelOpen', false);
                showFeature(layer, code);
                mapCommands.fitSelection();
              }}
            >
              <Swatch draw={phaseDraws[statuses[status].phase]} size={16} />
              <span>{name || code}</span>
              <small>
                {[
                  word(statuses[status].title),
                  months === null ? writeArea(areaSquareMeters, language) : texts.months(String(months)),
                ].join(' · ')}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
