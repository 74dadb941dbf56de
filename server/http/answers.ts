/** How every cached answer is made and sent: one key, one gate per class of work, one place that counts. */
import type { Request, Response } from 'express';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Account } from '../../geodata/contract/session.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type ReadingRights, readingRights } from '../accounts/reading-rights.ts';
import type { ReadingKind, ReadingRecorder } from '../audit/reading-recorder.ts';
import type { Context } from '../context.ts';
import { BusyError } from '../errors.ts';
import type { Revisions } from '../system/revisions.ts';
import { type Answer, type AnswerCache, createAnswerCache } from './answer-cache.ts';
import { createGate, type Gate } from './gate.ts';
import { type Language, languageOf } from './language.ts';
import { publicUrlOf } from './public-url.ts';
import { sendAnswer } from './send-answer.ts';

export type WorkClass = 'features' | 'tiles' | 'api';

/** What one request is about, as far as its answer depends on it. */
export type Asked = {
  /** Address people use, with the base path and without a trailing slash. */
  publicUrl: string;
  language: Language;
  revisions: Revisions;
  /** Layers this caller may read; an answer about several leaves the others out. */
  mayRead: (layer: LayerDefinition) => boolean;
};

export type AnswerSpec = {
  workClass: WorkClass;
  /** Layer the answer is about, which the caller must be allowed to read; null: `compute` asks `mayRead`. */
  layer: LayerDefinition | null;
  /** Revision the answer depends on: one layer's, or all. */
  revision: (revisions: Revisions) => string;
  /** Names the question; equal questions have equal keys whatever the order of their parameters. */
  key: string;
  /** The answer has words in the asked language. */
  varyLanguage: boolean;
  compute: (asked: Asked) => Promise<Answer>;
  /**
   * Tells of features: reading layers that are not open to everybody is noted in the audit, of `layer` or, where that is
   * null, of every layer the caller may read.
   */
  readingKind?: ReadingKind;
};

export type Answers = {
  send(request: Request, response: Response, spec: AnswerSpec): Promise<void>;
  stats: AnswerCache['stats'];
};

/** Compressed answers and tiles are small: this holds thousands, and leaves the process room below 400 MB. */
const cacheBytes = 48 * 1024 * 1024;

/** How often an answer is made anew when rights change while it is made. */
const mostAttempts = 3;

export function createAnswers(
  { config, catalogue }: Pick<Context, 'config' | 'catalogue'>,
  accounts: Accounts,
  readRevisions: () => Promise<Revisions>,
  readings: Pick<ReadingRecorder, 'count'>,
): Answers {
  const cache = createAnswerCache(cacheBytes);
  const gates: Record<WorkClass, Gate> = {
    features: createGate({ running: 6, waiting: 60, waitMs: 10_000 }),
    // Several share a statement: how many statements run is bounded where they are made.
    tiles: createGate({ running: 32, waiting: 200, waitMs: 10_000 }),
    api: createGate({ running: 4, waiting: 40, waitMs: 10_000 }),
  };

  // Most requests come without an account, and revisions are the same object while nothing changes.
  const anonymousRights = new WeakMap<Revisions, ReadingRights>();
  function rightsOf(account: Account, revisions: Revisions): ReadingRights {
    if (account.role !== 'anonymous') return readingRights(account, catalogue, revisions);
    const known = anonymousRights.get(revisions);
    if (known !== undefined) return known;
    const rights = readingRights(account, catalogue, revisions);
    anonymousRights.set(revisions, rights);
    return rights;
  }

  /** An answer about several layers names the revision it began at: kept only if nothing changed meanwhile. */
  async function computeSteadily(spec: AnswerSpec, asked: Asked): Promise<Answer> {
    const answer = await spec.compute(asked);
    const { all } = asked.revisions;
    if (answer.revision !== all || (await readRevisions()).all === all) return answer;
    return { ...answer, revision: `${all} passing` };
  }

  function noteReading(
    { readingKind: kind, layer }: AnswerSpec,
    account: Account,
    rights: ReadingRights,
  ): void {
    if (kind === undefined || account.role === 'anonymous') return;
    for (const each of layer === null ? catalogue : [layer]) {
      if (rights.isTraced(each)) readings.count({ actor: account.username, layerId: each.id, kind });
    }
  }

  return {
    async send(request, response, spec) {
      const { account } = accounts.identify(request);
      const language = languageOf(request);
      const publicUrl = publicUrlOf(request, config);
      for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
        const revisions = await readRevisions();
        const rights = rightsOf(account, revisions);
        if (spec.layer !== null) rights.check(spec.layer);
        const revision = spec.revision(revisions);
        const key = [rights.scope, spec.varyLanguage ? language : '', publicUrl, spec.key].join('\n');
        const answer = await cache.get(key, revision, () =>
          gates[spec.workClass].run(() =>
            computeSteadily(spec, { publicUrl, language, revisions, mayRead: rights.mayRead }),
          ),
        );
        // An import that closes a layer may land between the look at the rights and the look at the data.
        const isCertain = answer.revision === revision;
        if (isCertain || rightsOf(account, await readRevisions()).scope === rights.scope) {
          noteReading(spec, account, rights);
          return sendAnswer(request, response, answer, {
            varyLanguage: spec.varyLanguage,
            isPrivate: account.role !== 'anonymous',
          });
        }
      }
      throw new BusyError({
        zh: '数据和权限正在变更,请稍后重试。',
        en: 'Data and rights are being changed; try again in a moment.',
      });
    },
    stats: cache.stats,
  };
}

/** Path and sorted parameters as one text; `lang` is left out, the language is a part of the key of its own. */
export function questionKey(path: string, parameters: ReadonlyMap<string, string>): string {
  const sorted = [...parameters].filter(([name]) => name !== 'lang').sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([path, sorted]);
}
