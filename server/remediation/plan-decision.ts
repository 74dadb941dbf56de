/** A step a reviewer takes: acceptance, public notice, closing, handing over, rectifying, excluding. Pure. */
import type { Decision } from '../../geodata/contract/marking.ts';
import { checkDay, checkFactDays, checkNeeds } from '../../geodata/domain/check-step.ts';
import { rounded } from '../../geodata/domain/hectares.ts';
import { addYears } from '../../geodata/domain/period.ts';
import { reviewLevel } from '../../geodata/domain/site-actions.ts';
import { aftercareYears, findStep } from '../../geodata/domain/workflow.ts';
import type { Planned, Setting, StoredEvidence } from './mark.ts';
import { findObstacle, planOf, refuse, refuseValues, saying, standingEvent } from './plan-parts.ts';
import { unknownEvidence } from './plan-report.ts';
import { type Changes, changesBetween, type FactSet, type SaidState, saidState } from './site-timeline.ts';

export function planDecision(setting: Setting, decision: Decision): Planned {
  const { site, evidence, foreignEvidence, setDocuments, account } = setting;
  const obstacle = findObstacle(setting, 'decide', decision.to);
  if (obstacle !== null) return refuse(obstacle);
  const level = reviewLevel(account, site.unit?.code ?? null);
  const by = level === 'city' ? 'city_reviewer' : 'county_reviewer';
  const step = findStep(site.state.status, decision.to, by);
  if (step === undefined) return refuse('wrong_status');
  const { effectiveOn, facts, reason } = decision;
  const { workDay, standingSince, state, noticeUntil } = site;
  const problems = [
    ...checkDay({ effectiveOn, workDay, standingSince }),
    ...checkFactDays(facts, { workDay, effectiveOn, ...state }, 'facts.'),
    ...checkNeeds(
      step,
      site.liability,
      { facts, reason, evidence: [...evidence, ...asEvidence(setDocuments, step.needs)] },
      'decision',
    ),
  ];
  if (foreignEvidence.length > 0) problems.push(unknownEvidence(foreignEvidence));
  if (decision.to === 'closed' && noticeUntil !== null && effectiveOn < noticeUntil) {
    problems.push({
      field: 'effectiveOn',
      title: {
        zh: `公示到 ${noticeUntil} 才结束,不能在 ${effectiveOn} 销号。请改为公示结束之后的日期。`,
        en: `The public notice lasts until ${noticeUntil}, so the site cannot be closed on ${effectiveOn}. Give a day after its end.`,
      },
    });
  }
  if (problems.length > 0) return refuseValues(problems);
  const before = saidState(state);
  const after: SaidState = {
    ...before,
    status: decision.to,
    facts: { ...before.facts, ...factsOfDecision(decision) },
  };
  const hashes = [...evidence.map(({ sha256 }) => sha256), ...setDocuments];
  const event = standingEvent(setting, {
    kind: 'decision',
    setsState: true,
    ...saying(after),
    effectiveOn,
    changes: { ...changesBetween(before, after), ...broughtAlong(decision) },
    reason: reason ?? null,
    evidence: hashes.length === 0 ? null : hashes,
  });
  return planOf([event]);
}

/** The document of a list stands for each document its step needs. */
function asEvidence(
  hashes: readonly string[],
  needs: readonly StoredEvidence['purpose'][],
): Pick<StoredEvidence, 'kind' | 'moment' | 'purpose'>[] {
  if (hashes.length === 0) return [];
  return needs.map((purpose) => ({ kind: 'document', moment: null, purpose }));
}

function factsOfDecision({ to, effectiveOn, facts }: Decision): FactSet {
  const number = facts.documentNumber;
  switch (to) {
    case 'city_accepted':
      return {
        acceptedOn: effectiveOn,
        aftercareUntil: addYears(effectiveOn, aftercareYears),
        ...(number === undefined ? {} : { acceptanceDocument: number }),
        ...(facts.acceptedAreaSquareMeters === undefined
          ? {}
          : { acceptedAreaSquareMeters: rounded(facts.acceptedAreaSquareMeters) }),
      };
    case 'closed':
      return number === undefined ? {} : { closingNumber: number };
    case 'handed_over':
      return number === undefined ? {} : { handoverNumber: number };
    default:
      return {};
  }
}

/** What has no column of its own stays in the trace. */
function broughtAlong({ facts }: Decision): Changes {
  const kept = { documentNumber: facts.documentNumber, notice: facts.notice, source: facts.source };
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [null, value] as [unknown, unknown]]],
    ),
  );
}
