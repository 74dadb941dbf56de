/** GET /api/work-list?unit&period (待办): of an editor or onlooker, or of the level a reviewer works at. */
import { Router } from 'express';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import { can } from '../../geodata/domain/can.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { notAllowed } from '../accounts/refusals.ts';
import type { SiteReading } from '../accounts/trace-reading.ts';
import type { Context } from '../context.ts';
import { namedSql } from '../db/named-sql.ts';
import { NotFoundError } from '../errors.ts';
import { readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { parsePeriodParameter } from './period-parameter.ts';
import { readWorkList, type WorkLevel } from './read-work-list.ts';

const layer = { id: 'mine_sites' } as const;

export function workListRoutes(
  { database }: Pick<Context, 'database'>,
  accounts: Accounts,
  readSites: SiteReading,
): Router {
  const router = Router({ caseSensitive: true });

  router.all('/work-list', readOnly);
  router.get('/work-list', async (request, response) => {
    const account = accounts.authorize(request, 'read_details');
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['unit', 'period', 'lang']);
    const period = parsePeriodParameter(parameters.get('period'));
    const unit = parameters.get('unit') ?? null;
    const units = unitsFor(account, unit);
    if (unit !== null) await checkUnit(unit);
    await readSites(account);
    const list = await readWorkList(database, { level: levelOf(account), units, period });
    response.set('Cache-Control', 'no-store').json(list);
  });

  async function checkUnit(unit: string): Promise<void> {
    const known = await database.query<{ code: string }>(namedSql('remediation/list-reporting-units'), [], {
      class: 'lookup',
    });
    if (known.some(({ code }) => code === unit)) return;
    throw new NotFoundError(
      { zh: `没有编号为“${unit}”的填报单位。`, en: `There is no reporting unit "${unit}".` },
      { field: 'unit' },
    );
  }
  return router;
}

function levelOf(account: SignedInAccount): WorkLevel {
  if (account.role === 'county_reviewer') return 'county';
  return can(account, 'review_city', layer) ? 'city' : 'unit';
}

/** Units the list is of; null: all. Throws ForbiddenError for a unit outside the scope of who has one. */
function unitsFor(account: SignedInAccount, unit: string | null): readonly string[] | null {
  if (account.role !== 'editor' && account.role !== 'county_reviewer') return unit === null ? null : [unit];
  const action = account.role === 'editor' ? 'mark' : 'review_county';
  const own = account.units.filter((code) => can(account, action, layer, code));
  if (unit === null) return own;
  if (!own.includes(unit)) throw notAllowed();
  return [unit];
}
