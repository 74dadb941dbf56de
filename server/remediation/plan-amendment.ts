/** Correcting (更正) the values of a past day, and bringing back a former state. Both are new events. Pure. */
import type { FieldProblem } from '../../geodata/contract/marking.ts';
import { checkDay } from '../../geodata/domain/check-step.ts';
import { rounded } from '../../geodata/domain/hectares.ts';
import { isCityMatter, reviewLevel } from '../../geodata/domain/site-actions.ts';
import type { Correction, Planned, Setting } from './mark.ts';
import { findObstacle, planOf, refuse, refuseValues, saying, standingEvent } from './plan-parts.ts';
import { patchesBack } from './plan-review.ts';
import {
  changesBetween,
  factsAfter,
  revise,
  type SaidState,
  type StateField,
  saidState,
  type TimelineEvent,
} from './site-timeline.ts';

export function planCorrection(setting: Setting, correction: Correction): Planned {
  const { site, timeline } = setting;
  const obstacle = findObstacle(setting, 'correct');
  if (obstacle !== null) return refuse(obstacle);
  const { effectiveOn, progressPercent, treatedToDateSquareMeters, reason } = correction;
  const problems = checkDay({ effectiveOn, workDay: site.workDay, standingSince: null });
  if (progressPercent === undefined && treatedToDateSquareMeters === undefined) problems.push(nothingGiven());
  const standing = timeline.findLast((event) => event.effectiveOn <= effectiveOn);
  if (standing === undefined) problems.push(beforeFirst(effectiveOn, timeline[0]));
  if (problems.length > 0) return refuseValues(problems);
  const level = reviewLevel(setting.account, site.unit?.code ?? null);
  if (level === 'county' && standing !== undefined && isCityMatter(standing.status))
    return refuse('not_your_role');
  const wanted = new Map<StateField, unknown>();
  if (progressPercent !== undefined) wanted.set('progressPercent', rounded(progressPercent));
  if (treatedToDateSquareMeters !== undefined)
    wanted.set('treatedAreaSquareMeters', rounded(treatedToDateSquareMeters));
  const revisions = revise(timeline, effectiveOn, wanted);
  if (revisions.length === 0) return refuseValues([asItStands(effectiveOn)]);
  return planOf(
    revisions.map(({ effectiveOn: day, before, after }) =>
      standingEvent(setting, {
        kind: 'correction',
        setsState: true,
        statusBefore: before.status,
        ...saying(after),
        effectiveOn: day,
        changes: changesBetween(before, after),
        reason,
        evidence: null,
      }),
    ),
  );
}

/** The state after event `seq` holds again from the day on which the present one began. */
export function planRestoration(setting: Setting, seq: string, reason: string): Planned {
  const { site, timeline } = setting;
  const obstacle = findObstacle(setting, 'restore');
  if (obstacle !== null) return refuse(obstacle);
  const target = timeline.find((event) => event.seq === seq);
  const standing = timeline.at(-1);
  if (target === undefined || standing === undefined || target === standing) return refuse('no_such_event');
  const level = reviewLevel(setting.account, site.unit?.code ?? null);
  if (level === 'county' && isCityMatter(target.status)) return refuse('not_your_role');
  const before = saidState(site.state);
  const after: SaidState = { ...target, facts: factsAfter(target, timeline, site.state) };
  const patches = patchesSince(setting, target);
  const event = standingEvent(setting, {
    kind: 'restoration',
    setsState: true,
    ...saying(after),
    effectiveOn: standing.effectiveOn,
    changes: {
      ...changesBetween(before, after),
      ...(patches.length === 0 ? {} : { patches: patchesChanged(setting, patches) }),
    },
    reason,
    evidence: null,
  });
  return planOf([event], { patches: patches.map((patch) => ({ ...patch, treatedOn: null })) });
}

type PatchArea = { code: string; treatedAreaSquareMeters: number | null };

/** Areas of patches before everything recorded after `target`. */
function patchesSince({ site, timeline }: Setting, target: TimelineEvent): PatchArea[] {
  let patches = site.patches;
  const since = timeline
    .filter(({ seq, changes }) => BigInt(seq) > BigInt(target.seq) && changes?.patches !== undefined)
    .sort((a, b) => (BigInt(a.seq) > BigInt(b.seq) ? -1 : 1));
  for (const { changes } of since) {
    const back = new Map(
      patchesBack(changes?.patches, patches).map((patch) => [patch.code, patch.treatedAreaSquareMeters]),
    );
    patches = patches.map((patch) => {
      const area = back.get(patch.code);
      return area === undefined ? patch : { ...patch, treatedAreaSquareMeters: area };
    });
  }
  return patches.filter((patch, index) => patch !== site.patches[index]);
}

function patchesChanged({ site }: Setting, patches: readonly PatchArea[]): [unknown, unknown] {
  const stood = new Map(site.patches.map((patch) => [patch.code, patch.treatedAreaSquareMeters]));
  return [
    Object.fromEntries(patches.map(({ code }) => [code, stood.get(code) ?? null])),
    Object.fromEntries(patches.map(({ code, treatedAreaSquareMeters }) => [code, treatedAreaSquareMeters])),
  ];
}

function nothingGiven(): FieldProblem {
  return {
    field: 'progressPercent',
    title: {
      zh: '请填写要更正的形象进度或累计治理面积。',
      en: 'Give the progress or the treated area to put right.',
    },
  };
}

function beforeFirst(day: string, first: TimelineEvent | undefined): FieldProblem {
  const known = first?.effectiveOn ?? '';
  return {
    field: 'effectiveOn',
    title: {
      zh: `${day} 早于这座矿山最早的留痕 ${known}。请选 ${known} 或之后的日期。`,
      en: `${day} is before the first record of this site, ${known}. Give ${known} or later.`,
    },
  };
}

function asItStands(day: string): FieldProblem {
  return {
    field: 'effectiveOn',
    title: {
      zh: `${day} 的数值本来就是这样,没有可更正的。请核对日期和数值。`,
      en: `The values of ${day} are so already; there is nothing to correct. Check day and values.`,
    },
  };
}
