/** The right panel: what is selected, else the county, else the city. */
import { DoubleRightOutlined, LeftOutlined } from '@ant-design/icons';
import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { isClosed } from '../../api/readable-layer.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { type FeatureKey, useAppState } from '../../state/app-state.ts';
import { ClosedNote } from '../account/closed-note.tsx';
import { FeatureCard } from '../feature/feature-card.tsx';
import { useLayer } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { useMineProgress } from '../mine-progress.ts';
import { RequestNotice } from '../request-notice.tsx';
import { useWindowWidth } from '../window-width.ts';
import { CityPanel } from './city-panel.tsx';
import { CountyPanel } from './county-panel.tsx';
import { FigureList } from './figure-list.tsx';

const SitePanel = lazy(() => import('../site/site-panel.tsx'));

export function ContextPanel() {
  const { context: texts, close } = useTexts();
  const selection = useAppState((state) => state.selection);
  const open = useAppState((state) => state.contextPanelOpen);
  const setPanel = useAppState((state) => state.setPanel);
  const listed = useAppState((state) => state.tableView.figure);
  const phone = useWindowWidth() === 'phone';
  if (selection) {
    return (
      <aside className="context-panel context-panel-feature" data-covers-map>
        <SelectedFeature key={`${selection.layerId}/${selection.code}`} feature={selection} />
      </aside>
    );
  }
  if (!open) return <ContextHandle />;
  return (
    <aside className="context-panel" aria-label={texts.title} data-covers-map>
      <button
        type="button"
        className="icon-button context-close"
        aria-label={`${texts.title}: ${close}`}
        onClick={() => setPanel('contextPanelOpen', false)}
      >
        <DoubleRightOutlined />
      </button>
      {phone && listed ? <FigureList query={listed} /> : <ProgressPanel />}
    </aside>
  );
}

/** A mine site has a panel of its own, which tells of now; every other feature, a closed layer and a past day have the card. */
function SelectedFeature({ feature }: { feature: FeatureKey }) {
  const layer = useLayer(feature.layerId);
  const isPast = useAppState((state) => state.asOf !== null);
  if (feature.layerId !== MINE_LAYER || layer === undefined || isClosed(layer) || isPast) {
    return <FeatureCard feature={feature} />;
  }
  return (
    <Suspense fallback={<Skeleton title={false} paragraph={{ rows: 12 }} className="panel-waiting" />}>
      <SitePanel code={feature.code} />
    </Suspense>
  );
}

/** Closed, the panel still says how far the city has come. */
function ContextHandle() {
  const { context: texts } = useTexts();
  const language = useLanguage();
  const setPanel = useAppState((state) => state.setPanel);
  const { data } = useMineProgress();
  const base = data && (data.campaign?.base ?? data.total.listed);
  return (
    <button
      type="button"
      className="context-handle"
      aria-expanded={false}
      title={texts.open}
      onClick={() => setPanel('contextPanelOpen', true)}
    >
      <LeftOutlined />
      <span>
        {data && base
          ? texts.completedShort(
              formatNumber(data.total.completed.count, language),
              formatNumber(base.count, language),
            )
          : texts.title}
      </span>
    </button>
  );
}

function ProgressPanel() {
  const texts = useTexts();
  const county = useAppState((state) => state.county);
  const mines = useLayer(MINE_LAYER);
  const { data, error, refetch } = useMineProgress();
  if (data && (data.campaign !== null || data.total.listed.count > 0)) {
    return county === null ? <CityPanel progress={data} /> : <CountyPanel progress={data} adcode={county} />;
  }
  if (mines !== undefined && isClosed(mines)) {
    return (
      <>
        <h2>{texts.context.title}</h2>
        <ClosedNote text={texts.session.closedFigures} />
      </>
    );
  }
  return (
    <>
      <h2>{texts.context.title}</h2>
      {data && <p className="quiet">{texts.context.noCampaign}</p>}
      {!data && error && (
        <RequestNotice title={texts.errors.progress} error={error} retry={() => void refetch()} />
      )}
      {!data && !error && <Skeleton title={false} paragraph={{ rows: 14 }} />}
    </>
  );
}
