/** How every cached answer is made and sent: one key, one gate per class of work, one place that counts. */
import type { Request, Response } from 'express';
import type { Config } from '../config.ts';
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
};

export type AnswerSpec = {
  workClass: WorkClass;
  /** Revision the answer depends on: one layer's, or all. */
  revision: (revisions: Revisions) => string;
  /** Names the question; equal questions have equal keys whatever the order of their parameters. */
  key: string;
  /** The answer has words in the asked language. */
  varyLanguage: boolean;
  compute: (asked: Asked) => Promise<Answer>;
};

export type Answers = {
  send(request: Request, response: Response, spec: AnswerSpec): Promise<void>;
  stats: AnswerCache['stats'];
};

/** Nobody can sign in yet: everyone has the same rights. Part of every key, so that rights can never leak. */
const rightsScope = 'everyone';

const cacheBytes = 256 * 1024 * 1024;

export function createAnswers(config: Config, readRevisions: () => Promise<Revisions>): Answers {
  const cache = createAnswerCache(cacheBytes);
  const gates: Record<WorkClass, Gate> = {
    features: createGate({ running: 6, waiting: 60, waitMs: 10_000 }),
    tiles: createGate({ running: 6, waiting: 200, waitMs: 10_000 }),
    api: createGate({ running: 4, waiting: 40, waitMs: 10_000 }),
  };
  return {
    async send(request, response, spec) {
      const language = languageOf(request);
      const publicUrl = publicUrlOf(request, config);
      const revisions = await readRevisions();
      const key = [rightsScope, spec.varyLanguage ? language : '', publicUrl, spec.key].join('\n');
      const answer = await cache.get(key, spec.revision(revisions), () =>
        gates[spec.workClass].run(() => spec.compute({ publicUrl, language, revisions })),
      );
      await sendAnswer(request, response, answer, { varyLanguage: spec.varyLanguage });
    },
    stats: cache.stats,
  };
}

/** Path and sorted parameters as one text; `lang` is left out, the language is a part of the key of its own. */
export function questionKey(path: string, parameters: ReadonlyMap<string, string>): string {
  const sorted = [...parameters].filter(([name]) => name !== 'lang').sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([path, sorted]);
}
