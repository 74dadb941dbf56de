/** How the basemap is drawn: pictures above ground and land, below everything that is data. Pure. */
import type { RasterLayerSpecification } from 'maplibre-gl';
import type { Basemap } from '../../geodata/contract/basemap.ts';
import type { LinkedState } from '../state/app-state.ts';
import { round } from './layer-parts.ts';

/** Its id in switches, opacities and links, beside those of the catalogue's layers. */
export const BASEMAP_ID = 'basemap';

/** Off until someone switches it on: only then is another server asked. */
export function isBasemapShown(visible: LinkedState['visible']): boolean {
  return visible[BASEMAP_ID] ?? false;
}

export function basemapSourceId(layerId: string): string {
  return `@basemap/${layerId}`;
}

/** Its pictures from the lowest, ground before lettering. */
export function basemapLayers({ layers }: Basemap, opacity: number): RasterLayerSpecification[] {
  return layers.map(({ id }) => ({
    id: `${BASEMAP_ID}/${id}`,
    type: 'raster',
    source: basemapSourceId(id),
    paint: { 'raster-opacity': round(opacity), 'raster-fade-duration': 150 },
  }));
}
