/** GET /api/progress: how far the campaign has come. GET /api/progress/sites: the sites one of its figures counts. */
import { Router } from 'express';
import { figureIds, type ProgressGrouping, progressGroupings } from '../../geodata/contract/progress.ts';
import type { Context } from '../context.ts';
import { BadRequestError } from '../errors.ts';
import { type Answers, questionKey } from '../http/answers.ts';
import { parsePastDay, today } from '../http/day-parameter.ts';
import { readOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import { readFigureSites, readProgress } from './read-progress.ts';

type Parameters = ReadonlyMap<string, string>;

export function remediationRoutes(context: Context, answers: Answers): Router {
  const router = Router();
  const { database, region } = context;
  // The figures are sums over the sites: whoever may not read these may not read those.
  const layer = context.catalogue.find(({ id }) => id === 'mine_sites') ?? null;
  const shared = { workClass: 'api', readingKind: 'figures', layer, varyLanguage: false } as const;

  router.use('/progress', readOnly);
  router.get('/progress', (request, response) => {
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['as_of', 'by', 'lang']);
    const asked = {
      asOf: parsePastDay(parameters, 'as_of'),
      today: today(),
      by: parseChoice(parameters, 'by', progressGroupings),
    };
    return answers.send(request, response, {
      ...shared,
      revision: (revisions) => revisions.all,
      key: `${questionKey(request.path, parameters)} ${asked.today}`,
      async compute({ revisions }) {
        const progress = await readProgress(database, region, asked);
        return { revision: revisions.all, contentType: 'application/json', body: JSON.stringify(progress) };
      },
    });
  });

  router.get('/progress/sites', (request, response) => {
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['figure', 'as_of', 'months', ...progressGroupings, 'lang']);
    const figure = parseChoice(parameters, 'figure', figureIds);
    if (figure === null) throw notAmong('figure', figureIds);
    const asked = {
      figure,
      asOf: parsePastDay(parameters, 'as_of'),
      today: today(),
      months: parseMonths(parameters),
      of: keysOf(parameters),
    };
    return answers.send(request, response, {
      ...shared,
      revision: (revisions) => revisions.all,
      key: `${questionKey(request.path, parameters)} ${asked.today}`,
      async compute({ revisions }) {
        const sites = await readFigureSites(database, asked);
        return { revision: revisions.all, contentType: 'application/json', body: JSON.stringify(sites) };
      },
    });
  });
  return router;
}

/** Null without the parameter. Throws BadRequestError naming what it may be. */
function parseChoice<Choice extends string>(
  parameters: Parameters,
  name: string,
  choices: readonly Choice[],
): Choice | null {
  const text = parameters.get(name);
  if (text === undefined) return null;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw notAmong(name, choices);
  return found;
}

function notAmong(name: string, choices: readonly string[]): BadRequestError {
  return new BadRequestError(
    {
      zh: `${name} 应为下列之一:${choices.join('、')}。`,
      en: `${name} is one of: ${choices.join(', ')}.`,
    },
    { field: name },
  );
}

function parseMonths(parameters: Parameters): number | null {
  const text = parameters.get('months');
  if (text === undefined) return null;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new BadRequestError(
    { zh: 'months 应为不小于 1 的整数。', en: 'months is a whole number from 1 on.' },
    { field: 'months' },
  );
}

function keysOf(parameters: Parameters): Partial<Record<ProgressGrouping, string>> {
  return Object.fromEntries(
    progressGroupings.flatMap((name) => {
      const key = parameters.get(name);
      return key === undefined ? [] : [[name, key]];
    }),
  );
}
