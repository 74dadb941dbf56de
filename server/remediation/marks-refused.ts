/** Marks that cannot be made, each with its reason, in words for who asked. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { MineSite, ObstacleId } from '../../geodata/contract/marking.ts';
import { describeWarning } from '../../geodata/domain/answer-warnings.ts';
import { obstacleWords } from '../../geodata/domain/obstacle-words.ts';
import {
  ConflictError,
  ForbiddenError,
  type LantuError,
  NotFoundError,
  PreconditionFailedError,
  UnauthorizedError,
  UnprocessableError,
} from '../errors.ts';
import type { Refusal } from './mark.ts';

export type SiteRefusal = { code: string; name: string; refusal: Refusal };

/** Nothing was written. `members.sites` names each site with why (SiteProblem of contract/change-sets.ts). */
export class MarksRefusedError extends UnprocessableError {
  readonly refusals: readonly SiteRefusal[];
  constructor(refusals: readonly SiteRefusal[]) {
    const sites = refusals.map(({ code, name, refusal }) => ({ code, name, title: wordsOf(refusal) }));
    super(
      {
        zh: `有 ${sites.length} 座矿山不能办理,全部没有写入:\n${listed(sites, 'zh')}`,
        en: `${sites.length} sites stand in the way, so nothing was written:\n${listed(sites, 'en')}`,
      },
      { members: { sites } },
    );
    this.refusals = refusals;
  }
}

/** The error for whoever marked one site; `current` goes with a stale version. */
export function toSingleError(refusal: Refusal, code: string, current: MineSite | null): LantuError {
  switch (refusal.kind) {
    case 'missing':
      return noSuchSite(code);
    case 'stale':
      return new PreconditionFailedError(wordsOf(refusal), { field: 'If-Match', members: { current } });
    case 'obstacle':
      return obstacleError(refusal.obstacle);
    case 'problems': {
      const { problems, warnings } = refusal;
      const field = problems[0]?.field ?? warnings[0]?.field;
      return new UnprocessableError(wordsOf(refusal), {
        ...(field === undefined ? {} : { field }),
        members: { problems, warnings },
      });
    }
  }
}

export function noSuchSite(code: string): NotFoundError {
  return new NotFoundError({ zh: `没有编号为 ${code} 的矿山。`, en: `There is no mine site ${code}.` });
}

function obstacleError(obstacle: ObstacleId): LantuError {
  const options = { members: { obstacle } };
  switch (obstacle) {
    case 'not_signed_in':
      return new UnauthorizedError(obstacleWords[obstacle], options);
    case 'not_your_role':
    case 'not_your_unit':
    case 'no_unit':
    case 'own_report':
      return new ForbiddenError(obstacleWords[obstacle], options);
    default:
      return new ConflictError(obstacleWords[obstacle], options);
  }
}

/** Why, and what to do. */
export function wordsOf(refusal: Refusal): Bilingual {
  switch (refusal.kind) {
    case 'missing':
      return { zh: '没有这座矿山,请刷新列表。', en: 'There is no such site; load the list again.' };
    case 'stale':
      return {
        zh: '这座矿山刚被他人更新。请对照当前内容,逐项选择后再提交。',
        en: 'Somebody has changed this site meanwhile. Compare with how it stands now and choose before sending again.',
      };
    case 'obstacle':
      return obstacleWords[refusal.obstacle];
    case 'problems': {
      const titles = [
        ...refusal.problems.map(({ title }) => title),
        ...refusal.warnings.map(describeWarning),
      ];
      return {
        zh: titles.map(({ zh }) => zh).join('\n'),
        en: titles.map(({ en }) => en).join('\n'),
      };
    }
  }
}

/** As many as one reads; the document lists all. */
const mostListed = 5;

function listed(
  sites: readonly { code: string; name: string; title: Bilingual }[],
  language: keyof Bilingual,
): string {
  const lines = sites
    .slice(0, mostListed)
    .map(({ code, name, title }) => `${code} ${name}: ${title[language]}`);
  return [...lines, ...(sites.length > mostListed ? ['…'] : [])].join('\n');
}
