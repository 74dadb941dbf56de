/** The place of the map in the page: puts a MapView there and takes it away. React touches no more of it. */
import 'maplibre-gl/dist/maplibre-gl.css';
import './map.css';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Basemap } from '../../geodata/contract/basemap.ts';
import type { CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import { MapView } from './map-view.ts';

/** Fills its parent, which has a size of its own. */
export function MapCanvas({ catalogue, basemap }: { catalogue: CatalogueResponse; basemap: Basemap | null }) {
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<MapView | null>(null);
  const latest = useRef(catalogue);
  latest.current = catalogue;

  // Before the page is painted: without a graphics card the map would wait until the processor has done that.
  useLayoutEffect(() => {
    if (container.current === null) return;
    view.current = MapView.mount(container.current, latest.current);
    return () => {
      view.current?.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => view.current?.setCatalogue(catalogue), [catalogue]);
  useEffect(() => view.current?.setBasemap(basemap), [basemap]);

  return <div ref={container} className="map-canvas" />;
}
