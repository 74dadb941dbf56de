/** Photos of a site as they are printed. */
import type { SheetLayout } from '../../../geodata/domain/sheet-layout.ts';
import type { SitePhoto } from '../sheet-content.ts';
import type { SheetReader, SheetSources } from '../sheet-sources.ts';

export async function sitePhotos(
  _sources: Pick<SheetSources, 'database' | 'dataDir' | 'log'>,
  _reader: Pick<SheetReader, 'account'>,
  _code: string,
  _layout: SheetLayout,
): Promise<SitePhoto[]> {
  return [];
}
