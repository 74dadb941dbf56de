/** What a site page (一矿一表) tells beside its map. */
import type { Queryable } from '../../db/database.ts';
import type { SiteContent } from '../sheet-content.ts';
import type { SheetSources } from '../sheet-sources.ts';

export async function readSiteContent(
  _client: Queryable,
  _sources: Pick<SheetSources, 'region' | 'catalogue'>,
  _code: string,
): Promise<Omit<SiteContent, 'photos'> | null> {
  return null;
}
