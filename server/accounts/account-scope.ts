/** The scope of an account: which layers in which reporting units an editor or county reviewer has. */
import type { AccountList } from '../../geodata/contract/accounts.ts';
import { type RoleId, scopedRoleIds } from '../../geodata/contract/session.ts';
import type { Context } from '../context.ts';
import { UnprocessableError } from '../errors.ts';

type Scope = { layers: string[]; units: string[] };

/**
 * The scope without repetitions; empty for roles that have none. Throws UnprocessableError naming what the catalogue or the
 * region does not have, and where a role that needs a scope gets none.
 */
export function checkScope(
  { catalogue, region }: Pick<Context, 'catalogue' | 'region'>,
  { role, layers, units }: Scope & { role: RoleId },
): Scope {
  if (!scopedRoleIds.some((id) => id === role)) return { layers: [], units: [] };
  const known = scopeChoices({ catalogue, region });
  return {
    layers: check(
      'layers',
      layers,
      known.layers.map(({ id }) => id),
    ),
    units: check(
      'units',
      units,
      known.units.map(({ code }) => code),
    ),
  };
}

/** Layers that are marked, and the units that report: counties first, then zones. */
export function scopeChoices({
  catalogue,
  region,
}: Pick<Context, 'catalogue' | 'region'>): AccountList['scope'] {
  return {
    layers: catalogue
      .filter(({ permissions }) => permissions.edit === 'reporting-unit')
      .map(({ id, title }) => ({ id, title })),
    units: [
      ...region.counties.map(({ adcode, name, nameEn }) => ({
        code: adcode,
        title: { zh: name, en: nameEn },
      })),
      ...region.zones.map(({ code, name, nameEn }) => ({ code, title: { zh: name, en: nameEn } })),
    ],
  };
}

function check(field: keyof Scope, given: readonly string[], known: readonly string[]): string[] {
  const unknown = given.filter((each) => !known.includes(each));
  const list = known.join('、');
  const what = field === 'layers' ? { zh: '图层', en: 'layers' } : { zh: '填报单位', en: 'reporting units' };
  if (unknown.length > 0) {
    throw new UnprocessableError(
      {
        zh: `没有这样的${what.zh}:${unknown.join('、')}。可选:${list}`,
        en: `There are no such ${what.en}: ${unknown.join(', ')}. Choose from: ${list}`,
      },
      { field },
    );
  }
  if (given.length === 0) {
    throw new UnprocessableError(
      {
        zh: `县级填报和县级审核账号须指定${what.zh}。可选:${list}`,
        en: `Editors and county reviewers need ${what.en}. Choose from: ${list}`,
      },
      { field },
    );
  }
  return [...new Set(given)];
}
