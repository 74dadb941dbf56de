/** Where each site stands at the end of the sample: a mix like a real campaign's, some counties ahead of others. */
import type { PhaseId, StatusId } from '../domain/workflow.ts';
import { type PlacedMine, shareOut } from './mine-placement.ts';
import { createRandom, type Random } from './random.ts';

export type Standing = {
  last: StatusId;
  rectifiedFrom: 'county_accepted' | 'city_accepted' | 'closed';
  setBack: boolean;
};

/** Of 535 sites: 406 completed, of these 172 closed; the most advanced phase first. */
const phaseWeights: readonly (readonly [PhaseId, number])[] = [
  ['closed', 172],
  ['accepted', 138],
  ['awaiting_acceptance', 96],
  ['in_works', 70],
  ['preparing', 32],
  ['not_started', 21],
];
const RECTIFYING_WEIGHT = 6;

function statusWithin(phase: PhaseId, mine: PlacedMine, random: Random): StatusId {
  switch (phase) {
    case 'closed':
      return random.weighted({ closed: 8, handed_over: 2 });
    case 'accepted':
      return random.weighted({ city_accepted: 8, public_notice: 2 });
    case 'awaiting_acceptance':
      return random.weighted({ completed: 6, county_accepted: 4 });
    case 'in_works':
      return mine.attributes.mode === '自然恢复' ? 'natural_recovery' : 'in_progress';
    case 'preparing':
      return random.weighted({ designing: 5, approved: 5 });
    default:
      return random.weighted({ to_verify: 1, verified: 2 });
  }
}

/** One standing per mine, in the order given. */
export function drawStandings(mines: readonly PlacedMine[], seed: number): Standing[] {
  const random = createRandom(seed, 'mine statuses');
  const countyCount = Math.max(0, ...mines.map(({ countyIndex }) => countyIndex)) + 1;
  const order = Array.from({ length: countyCount }, (_, index) => ({ index, key: random.next() })).sort(
    (one, other) => one.key - other.key,
  );
  const advance = new Map(
    order.map(({ index }, rank) => [index, (2 * rank) / Math.max(1, countyCount - 1) - 1]),
  );
  const ranked = mines
    .map(({ countyIndex }, index) => ({
      index,
      score: 0.5 * (advance.get(countyIndex) ?? 0) + random.normal(),
    }))
    .sort((one, other) => other.score - one.score);
  const shares = shareOut(mines.length, [...phaseWeights.map(([, weight]) => weight), RECTIFYING_WEIGHT], 0);
  const rectifying = shares.at(-1) ?? 0;
  // Sites sent back come from all ranks that had reached an acceptance.
  const reach = mines.length * 0.7;
  const sentBack = new Set(
    Array.from({ length: rectifying }, (_, index) => Math.floor(((index + 0.5) / rectifying) * reach)),
  );
  const standings: Standing[] = [];
  let phase = 0;
  let taken = 0;
  ranked.forEach(({ index }, rank) => {
    const mine = mines[index];
    if (mine === undefined) return;
    const rectifiedFrom =
      rank < reach * 0.4 ? 'closed' : random.weighted({ city_accepted: 1, county_accepted: 1 });
    const setBack = random.chance(0.05);
    if (sentBack.has(rank)) {
      standings[index] = { last: 'rectifying', rectifiedFrom, setBack: false };
      return;
    }
    while (phase < phaseWeights.length - 1 && taken >= (shares[phase] ?? 0)) {
      phase += 1;
      taken = 0;
    }
    taken += 1;
    const last = statusWithin(phaseWeights[phase]?.[0] ?? 'not_started', mine, random);
    standings[index] = { last, rectifiedFrom, setBack };
  });
  return standings;
}
