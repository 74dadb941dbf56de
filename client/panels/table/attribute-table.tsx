/** The attribute table below the map: a handle that says how many, and opens to the rows of one layer. */
import { CaretDownFilled, CaretUpFilled } from '@ant-design/icons';
import { Select } from 'antd';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { MOST_ROWS } from '../../api/feature-rows.ts';
import { isClosed } from '../../api/readable-layer.ts';
import { formatNumber, writeCount } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { type FigureQuery, useAppState } from '../../state/app-state.ts';
import { ClosedNote } from '../account/closed-note.tsx';
import { useFigureWords } from '../context/figure-words.ts';
import { useCountyName, useLoadedCatalogue } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { RequestNotice } from '../request-notice.tsx';
import { FeatureGrid } from './feature-grid.tsx';
import { useShownRows } from './shown-rows.ts';

export function AttributeTable() {
  const { layers } = useLoadedCatalogue();
  const wanted = useAppState((state) => state.tableView.layerId);
  const loaded = layers.filter(({ state }) => state === 'loaded');
  const layer =
    loaded.find(({ definition }) => definition.id === wanted) ??
    loaded.find(({ definition }) => definition.id === MINE_LAYER) ??
    loaded[0];
  if (layer === undefined) return null;
  return <TableOfLayer layer={layer} choices={loaded} />;
}

function TableOfLayer({ layer, choices }: { layer: CatalogueLayer; choices: CatalogueLayer[] }) {
  const texts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const open = useAppState((state) => state.tableOpen);
  const selection = useAppState((state) => state.selection);
  const setPanel = useAppState((state) => state.setPanel);
  const shown = useShownRows(layer, open);
  const closed = isClosed(layer);
  const { definition } = layer;
  const count = shown.data ? shown.rows.length : layer.featureCount;
  const cut =
    shown.data && shown.data.matched > shown.data.rows.length && shown.data.rows.length >= MOST_ROWS
      ? shown.data
      : null;

  return (
    <section className={open ? 'table-panel table-panel-open' : 'table-panel'} aria-label={texts.table.title}>
      <header className="table-handle">
        <button
          type="button"
          className="table-title"
          aria-expanded={open}
          onClick={() => setPanel('tableOpen', !open)}
        >
          <strong>{texts.table.title}</strong>
          <span className="figure">
            {closed ? texts.session.needsSignIn : writeCount(count, word(definition.countUnit), language)} ·{' '}
            {texts.table.selected(selection?.layerId === definition.id ? 1 : 0)}
          </span>
        </button>
        {open && <LayerChoice layer={layer} choices={choices} />}
        {open && shown.filtered && <FilterNote layer={layer} figure={shown.figure} />}
        <button
          type="button"
          className="link-button table-toggle"
          aria-label={`${texts.table.title}: ${open ? texts.table.collapse : texts.table.expand}`}
          onClick={() => setPanel('tableOpen', !open)}
        >
          {open ? texts.table.collapse : texts.table.expand} {open ? <CaretDownFilled /> : <CaretUpFilled />}
        </button>
      </header>
      {open && closed && (
        <div className="table-note">
          <ClosedNote text={texts.session.closed(word(definition.title))} />
        </div>
      )}
      {open && !closed && shown.error && !shown.data && (
        <RequestNotice title={texts.errors.rows} error={shown.error} retry={() => void shown.refetch()} />
      )}
      {open && cut && (
        <p className="table-note">
          {texts.table.cut(formatNumber(shown.rows.length, language), formatNumber(cut.matched, language))}
        </p>
      )}
      {open && !closed && !(shown.error && !shown.data) && (
        <FeatureGrid key={definition.id} layer={layer} rows={shown.rows} loading={shown.isLoading} />
      )}
    </section>
  );
}

function LayerChoice({ layer, choices }: { layer: CatalogueLayer; choices: CatalogueLayer[] }) {
  const { table: texts, session } = useTexts();
  const word = useWord();
  const setTableView = useAppState((state) => state.setTableView);
  return (
    <Select
      size="small"
      className="table-layer"
      aria-label={texts.layer}
      value={layer.definition.id}
      popupMatchSelectWidth={false}
      onChange={(layerId) => setTableView({ layerId, figure: null })}
      options={choices.map((choice) => ({
        value: choice.definition.id,
        label: isClosed(choice)
          ? `${word(choice.definition.title)} · ${session.needsSignIn}`
          : word(choice.definition.title),
        disabled: isClosed(choice),
      }))}
    />
  );
}

function FilterNote({ layer, figure }: { layer: CatalogueLayer; figure: FigureQuery | null }) {
  const { table: texts } = useTexts();
  const figureWords = useFigureWords();
  const word = useWord();
  const countyName = useCountyName();
  const { definition } = layer;
  const county = useAppState((state) => state.county);
  const picked = useAppState((state) => state.filter[definition.id]);
  const tableView = useAppState((state) => state.tableView);
  const { setFilter, setCounty, setTableView } = useAppState.getState();
  const entries = definition.style.categories?.entries.filter(({ id }) => picked?.includes(id)) ?? [];
  const words = [
    ...(county ? [countyName(county)] : []),
    ...entries.map(({ title }) => word(title)),
    ...(figure ? [figureWords(figure)] : []),
  ];
  return (
    <span className="table-filters">
      <span className="table-filter-words">
        {texts.filters}: {words.join(' · ')}
      </span>
      <button
        type="button"
        className="link-button"
        onClick={() => {
          setFilter(definition.id, null);
          setCounty(null);
          setTableView({ ...tableView, figure: null });
        }}
      >
        {texts.clearFilters}
      </button>
    </span>
  );
}
