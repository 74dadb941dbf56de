/** Figures of the progress panel from the answer of /api/progress. Pure. */
import type { ProgressResponse } from '../../../geodata/contract/progress.ts';

export type Measure = { count: number; areaSquareMeters: number };
export type Standing = ProgressResponse['total'];
export type Unit = ProgressResponse['byUnit'][number];
export type Step = 'started' | 'completed' | 'closed';

/** What rates are taken of: the assigned base, or the ledger total where nothing is assigned. */
export function rateBase(campaignBase: Measure | null, standing: Standing): Measure {
  return campaignBase ?? standing.listed;
}

/** Assigned less listed: what the list still lacks of the base (negative: it holds more). */
export function differenceFromBase(base: Measure, { listed }: Standing): Measure {
  return {
    count: base.count - listed.count,
    areaSquareMeters: base.areaSquareMeters - listed.areaSquareMeters,
  };
}

/** A share 0–1, held within it for the length of a bar; 0 without a base. */
export function barShare(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
}

/** Units with sites, the furthest first; equal rates by their number of sites, then by code. */
export function unitsByCompletion(units: Unit[]): Unit[] {
  const rate = ({ standing }: Unit) => barShare(standing.completed.count, standing.listed.count);
  return units
    .filter(({ standing }) => standing.listed.count > 0)
    .sort(
      (a, b) =>
        rate(b) - rate(a) ||
        b.standing.listed.count - a.standing.listed.count ||
        a.code.localeCompare(b.code),
    );
}

/** Everything reported for one county: its own unit and the zones in it, added up; null without any. */
export function countyStanding(
  units: Unit[],
  adcode: string,
): { standing: Standing; previous: Standing; unitCount: number } | null {
  const members = units.filter(({ countyAdcode }) => countyAdcode === adcode);
  const [first, ...rest] = members;
  if (first === undefined) return null;
  return {
    standing: rest.reduce((sum, { standing }) => addStandings(sum, standing), first.standing),
    previous: rest.reduce((sum, { previous }) => addStandings(sum, previous), first.previous),
    unitCount: members.length,
  };
}

function addStandings(a: Standing, b: Standing): Standing {
  return {
    listed: addMeasures(a.listed, b.listed),
    started: addMeasures(a.started, b.started),
    completed: addMeasures(a.completed, b.completed),
    closed: addMeasures(a.closed, b.closed),
    rectifying: addMeasures(a.rectifying, b.rectifying),
    excluded: addMeasures(a.excluded, b.excluded),
  };
}

function addMeasures(a: Measure, b: Measure): Measure {
  return { count: a.count + b.count, areaSquareMeters: a.areaSquareMeters + b.areaSquareMeters };
}
