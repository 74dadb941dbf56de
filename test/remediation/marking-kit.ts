/** Marking by use cases, without HTTP, for tests of what they do. */
import { randomUUID } from 'node:crypto';
import type { MineSite } from '../../geodata/contract/marking.ts';
import type { RoleId, SignedInAccount } from '../../geodata/contract/session.ts';
import type { Database } from '../../server/db/database.ts';
import type { Mark } from '../../server/remediation/mark.ts';
import { markOneSite } from '../../server/remediation/mark-one-site.ts';
import { readMineSite } from '../../server/remediation/read-mine-site.ts';

export function accountOf(role: RoleId, units: string[] = ['360732']): SignedInAccount {
  const id = randomUUID();
  return {
    role,
    id,
    username: `${role.replace('_', '-')}-${id.slice(0, 4)}`,
    name: `${role} ${id.slice(0, 4)}`,
    layers: ['mine_sites'],
    units,
    mustChangePassword: false,
  };
}

export const editor = accountOf('editor');
export const county = accountOf('county_reviewer');
export const city = accountOf('city_reviewer');

/** A mark without the site and the version it is made from. */
export type MarkOf<M extends Mark = Mark> = M extends Mark ? Omit<M, 'code' | 'version'> : never;

export const period = '2025-09';

export function submit(
  answer: Extract<MarkOf, { kind: 'submit' }>['order']['answer'],
  more: Partial<Extract<MarkOf, { kind: 'submit' }>['order']> & { period?: string } = {},
): MarkOf {
  const { period: asked = period, ...order } = more;
  return {
    kind: 'submit',
    period: asked,
    order: { effectiveOn: `${asked}-20`, attachments: [], reasons: {}, answer, ...order },
  };
}
export const pass: MarkOf = { kind: 'review', period, review: { decision: 'pass' } };
export const giveBack: MarkOf = { kind: 'review', period, review: { decision: 'return', reason: '请补充' } };
export const withdraw: MarkOf = { kind: 'withdraw', period };

export function decide(
  to: Extract<MarkOf, { kind: 'decide' }>['decision']['to'],
  more: Partial<Extract<MarkOf, { kind: 'decide' }>['decision']> = {},
): MarkOf {
  return {
    kind: 'decide',
    decision: { to, effectiveOn: '2025-09-25', facts: {}, attachments: [], ...more },
  };
}

export type Marking = {
  read(code: string, who?: SignedInAccount): Promise<MineSite>;
  /** From the version that stands. */
  mark(who: SignedInAccount, code: string, mark: MarkOf): Promise<MineSite>;
  /** From the version given. */
  at(version: number): (who: SignedInAccount, code: string, mark: MarkOf) => Promise<MineSite>;
  /** The error of a mark that must be refused, after which the site and its trace are as before. */
  refusal(who: SignedInAccount, code: string, mark: MarkOf, version?: number): Promise<RefusedMark>;
};
export type RefusedMark = {
  code: string;
  field?: string;
  text: { zh: string; en: string };
  members: {
    problems?: { field: string; title: { zh: string } }[];
    warnings?: { id: string }[];
    obstacle?: string;
    current?: MineSite;
  };
};

export function markingOn(database: Database): Marking {
  const read = (code: string, who = editor) => readMineSite(database, who, code);
  const send = (who: SignedInAccount, code: string, version: number, mark: MarkOf) =>
    markOneSite({ database }, who, { code, version, ...mark } as Mark);
  const trace = async (code: string) =>
    JSON.stringify([
      await read(code),
      await database.query('select count(*) from app.mine_site_event where site_code = $1', [code], {
        class: 'lookup',
      }),
    ]);
  return {
    read,
    at: (version) => (who, code, mark) => send(who, code, version, mark),
    mark: async (who, code, mark) => send(who, code, (await read(code)).version, mark),
    async refusal(who, code, mark, version) {
      const before = await trace(code);
      const outcome = await send(who, code, version ?? (await read(code)).version, mark).then(
        () => new Error('it was not refused'),
        (error: unknown) => error,
      );
      if ((await trace(code)) !== before) throw new Error('a refused mark left something behind');
      if (!(outcome instanceof Error) || !('members' in outcome)) throw outcome;
      return { members: {}, ...(outcome as object) } as RefusedMark;
    },
  };
}
