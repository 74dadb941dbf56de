/** Which layers an account may read, at one state of the data; part of the key of every kept answer. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Account } from '../../geodata/contract/session.ts';
import { anonymousMayRead, can } from '../../geodata/domain/can.ts';
import { ForbiddenError, type LantuError, UnauthorizedError } from '../errors.ts';
import type { Revisions } from '../system/revisions.ts';
import { mustChangePassword } from './refusals.ts';

export type ReadingRights = {
  mayRead(layer: LayerDefinition): boolean;
  /** May be read by this account, but not by everybody: reading it leaves a trace. */
  isTraced(layer: LayerDefinition): boolean;
  /** Equal for callers who may read the same layers, different for all others. */
  scope: string;
  /** Throws UnauthorizedError where signing in may help, else ForbiddenError. */
  check(layer: LayerDefinition): void;
};

export function readingRights(
  account: Account,
  layers: readonly LayerDefinition[],
  revisions: Revisions,
): ReadingRights {
  const mayRead = ({ id, permissions }: LayerDefinition): boolean =>
    can(account, 'read', { permissions, ...revisions.accessTo(id) });
  const readable = layers.filter(mayRead);
  return {
    mayRead,
    isTraced: (layer) =>
      account.role !== 'anonymous' &&
      mayRead(layer) &&
      !anonymousMayRead({ permissions: layer.permissions, ...revisions.accessTo(layer.id) }),
    scope: readable.length === layers.length ? 'all' : readable.map(({ id }) => id).join(),
    check(layer) {
      if (!mayRead(layer)) throw refusal(account, layer);
    },
  };
}

function refusal(account: Account, { id, title }: LayerDefinition): LantuError {
  if (account.role !== 'anonymous') {
    if (account.mustChangePassword) return mustChangePassword();
    return new ForbiddenError({
      zh: `当前账号无权查看图层“${title.zh}”(${id}),请联系管理员。`,
      en: `This account may not read the layer "${title.en}" (${id}); ask the administrator.`,
    });
  }
  return new UnauthorizedError({
    zh: `图层“${title.zh}”(${id})未开放匿名查看。请先登录;管理员可用 npm run access -- --layer ${id} --anonymous-read on 开放。`,
    en: `The layer "${title.en}" (${id}) may not be read without signing in. Sign in; the administrator can open it with npm run access -- --layer ${id} --anonymous-read on.`,
  });
}
