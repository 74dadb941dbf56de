/**
 * The layout of the screen before the catalogue has come, so that nothing jumps when it does. It stands still: without a
 * graphics card every moving picture is drawn by the processor that the map is waiting for.
 */
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/text.ts';

export function ScreenSkeleton({ children }: { children?: ReactNode }) {
  const { product, loading } = useTexts();
  const waiting = children === undefined;
  return (
    <div className="screen" aria-busy={waiting}>
      <header className="top-bar">
        <span className="brand">{product}</span>
      </header>
      <main className="workspace workspace-waiting">
        <div className="layer-panel" aria-hidden="true">
          <Skeleton paragraph={{ rows: 12 }} />
        </div>
        <div className="stage">
          <div className="legend-strip" />
          <div className="map-area">
            <div className="map-message">{children ?? <p role="status">{loading}</p>}</div>
          </div>
          <div className="table-panel">
            <div className="table-handle" />
          </div>
        </div>
        <div className="context-panel" aria-hidden="true">
          <Skeleton paragraph={{ rows: 14 }} />
        </div>
      </main>
      <footer className="status-line" />
    </div>
  );
}
