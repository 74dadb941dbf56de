/** The map with what lies over it: tools, the notice of a browser without WebGL 2, the first steps without data. */
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useBasemap } from '../../api/basemap.ts';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { CrashBoundary } from '../crash-notice.tsx';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { BasemapNotes } from './basemap-notes.tsx';
import { MapTools } from './map-tools.tsx';

const MapCanvas = lazy(() =>
  import('../../map/MapCanvas.tsx').then((module) => ({ default: module.MapCanvas })),
);

const TimeSlider = lazy(() => import('../time/time-slider.tsx'));

export function MapArea({ hasData }: { hasData: boolean }) {
  const { noWebGl, empty, loading } = useTexts();
  const catalogue = useLoadedCatalogue();
  const basemap = useBasemap();
  const supported = useAppState((state) => state.mapSupport !== 'unsupported');
  const setTab = useAppState((state) => state.setTab);
  const showsTime = useAppState((state) => state.timeOpen || state.asOf !== null);
  return (
    <div className="map-area">
      <CrashBoundary>
        <Suspense
          fallback={
            <div className="map-message">
              <p role="status">{loading}</p>
            </div>
          }
        >
          <MapCanvas catalogue={catalogue} basemap={basemap} />
        </Suspense>
      </CrashBoundary>
      {supported && basemap !== null && <BasemapNotes basemap={basemap} />}
      {!supported && (
        <div className="map-message">
          <div className="notice">
            <strong>{noWebGl.title}</strong>
            <p>{noWebGl.detail}</p>
          </div>
        </div>
      )}
      {supported && !hasData && (
        <div className="map-message">
          <div className="notice">
            <strong>{empty.title}</strong>
            <p>{empty.detail}</p>
            <Button type="primary" onClick={() => setTab('data')}>
              {empty.open}
            </Button>
          </div>
        </div>
      )}
      <MapTools mapWorks={supported} hasData={hasData} />
      {showsTime && (
        <Suspense>
          <TimeSlider />
        </Suspense>
      )}
    </div>
  );
}
