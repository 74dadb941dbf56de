/** Where each part of the screen lies. The map stays mounted under every tab: it keeps its place. */
import { lazy, Suspense, useDeferredValue, useEffect } from 'react';
import { useAccount } from '../../api/session.ts';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { ContextPanel } from '../context/context-panel.tsx';
import { CrashBoundary } from '../crash-notice.tsx';
import { LayerPanel } from '../layers/layer-panel.tsx';
import { LegendStrip } from '../legend/legend-strip.tsx';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { StatusLine } from '../status/status-line.tsx';
import { AttributeTable } from '../table/attribute-table.tsx';
import { useWindowWidth, windowWidth } from '../window-width.ts';
import { workLevelOf } from '../work-list/work-level.ts';
import { useLandAtWork } from './land-at-work.ts';
import { MapArea } from './map-area.tsx';
import { ContextPlace, LayerPlace, TablePlace } from './panel-places.tsx';
import { PhoneTabs } from './phone-tabs.tsx';
import { TopBar } from './top-bar.tsx';

const DataPage = lazy(() => import('../data/data-page.tsx'));
const AdminPage = lazy(() => import('../admin/admin-page.tsx'));
const PrintPanel = lazy(() => import('../print/print-panel.tsx'));
const WorkPanel = lazy(() => import('../work-list/work-panel.tsx'));

export function Screen() {
  const { loading } = useTexts();
  const { layers } = useLoadedCatalogue();
  const width = useWindowWidth();
  const tab = useAppState((state) => state.tab);
  const layerPanelOpen = useAppState((state) => state.layerPanelOpen);
  const tableOpen = useAppState((state) => state.tableOpen);
  const contextOpen = useAppState((state) => state.contextPanelOpen || state.selection !== null);
  const hasWork = workLevelOf(useAccount()) !== null;
  const showsWork = useAppState((state) => state.workPanelOpen) && hasWork && tab === 'remediation';
  const isPage = tab === 'data' || tab === 'admin';
  const hasData = layers.some(({ state }) => state === 'loaded');
  useTableOfTab(hasWork);
  useLandAtWork(hasWork);
  // The map starts loading before the panels round it are drawn; they keep their places meanwhile.
  const drawPanels = useDeferredValue(true, false);

  return (
    <div className={`screen screen-${width}`}>
      {drawPanels ? <TopBar /> : <header className="top-bar" />}
      <main className="workspace" hidden={isPage} {...mainPart(!isPage)}>
        {showsWork && (
          <CrashBoundary>
            <Suspense fallback={<aside className="work-panel" />}>
              <WorkPanel />
            </Suspense>
          </CrashBoundary>
        )}
        {!showsWork && (width !== 'phone' || layerPanelOpen) && (
          <CrashBoundary>{drawPanels ? <LayerPanel /> : <LayerPlace open={layerPanelOpen} />}</CrashBoundary>
        )}
        <div className="stage">
          {drawPanels ? <LegendStrip /> : <div className="legend-strip" />}
          <MapArea hasData={hasData} />
          {width !== 'phone' && (
            <CrashBoundary>
              {drawPanels ? <AttributeTable /> : hasData && <TablePlace open={tableOpen} />}
            </CrashBoundary>
          )}
        </div>
        {tab === 'print' ? (
          <CrashBoundary>
            <Suspense fallback={<aside className="print-panel" data-covers-map />}>
              <PrintPanel />
            </Suspense>
          </CrashBoundary>
        ) : (
          <CrashBoundary>{drawPanels ? <ContextPanel /> : <ContextPlace open={contextOpen} />}</CrashBoundary>
        )}
      </main>
      {isPage && (
        <main className="page" {...mainPart(true)}>
          <CrashBoundary key={tab}>
            <Suspense fallback={<p role="status">{loading}</p>}>
              {tab === 'data' ? <DataPage /> : <AdminPage />}
            </Suspense>
          </CrashBoundary>
        </main>
      )}
      {width === 'phone' ? <PhoneTabs /> : drawPanels ? <StatusLine /> : <footer className="status-line" />}
    </div>
  );
}

/** The target of the skip link; a hidden map page is not one. */
function mainPart(shown: boolean) {
  return shown ? { id: 'main', tabIndex: -1 } : {};
}

/** 矿山修复 opens with its sites listed, by 待办 or by the table; the other tabs leave the table as the reader left it. */
function useTableOfTab(hasWork: boolean) {
  const tab = useAppState((state) => state.tab);
  useEffect(() => {
    if (tab !== 'remediation') return;
    const { setTableView, setPanel } = useAppState.getState();
    setTableView({ layerId: MINE_LAYER, figure: null });
    setPanel('tableOpen', !hasWork);
    if (windowWidth() === 'wide') setPanel('contextPanelOpen', true);
    return () => setPanel('tableOpen', false);
  }, [tab, hasWork]);
}
