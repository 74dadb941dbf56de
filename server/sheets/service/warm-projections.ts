/**
 * The first projection of the embedded engine opens the tables of PROJ, half a second in which nobody else is answered.
 * Done once after the start, so that no sheet has to.
 */
import type { Context } from '../../context.ts';
import { namedSql } from '../../db/named-sql.ts';
import { zoneSridAt } from '../plan/choose-crs.ts';

const options = { class: 'read', isRepeated: true, readsOnly: true } as const;

/** Projects and measures the middle of the region; on the server engine nothing. Never rejects: a failure is logged. */
export async function warmProjections({
  database,
  region,
  log,
}: Pick<Context, 'database' | 'region' | 'log'>): Promise<void> {
  if (database.engine === 'server') return;
  const [west, south, east, north] = region.extent;
  const [lng, lat] = [(west + east) / 2, (south + north) / 2];
  const srid = zoneSridAt(lng);
  try {
    const [point] = await database.query<{ x: number; y: number }>(
      namedSql('sheets/project-point'),
      [srid, lng, lat],
      options,
    );
    await database.query(namedSql('sheets/measure-center'), [srid, point?.x, point?.y], options);
  } catch (error) {
    log.warn({ err: error }, 'the projections of sheets could not be made ready');
  }
}
