/** The configured basemap as one picture in the frame of a sheet. */
import type { Basemap } from '../../basemap/basemap.ts';
import { BasemapUnavailableError } from '../../errors.ts';
import type { SheetPlan } from '../sheet-content.ts';

/** PNG or JPEG that fills the frame. Throws BasemapUnavailableError. */
export async function warpBasemap(
  _basemap: Pick<Basemap, 'description' | 'tile'>,
  _plan: Pick<SheetPlan, 'map' | 'scale'>,
  _signal?: AbortSignal,
): Promise<Uint8Array> {
  throw new BasemapUnavailableError({ zh: '底图未取到。', en: 'There is no basemap.' });
}
