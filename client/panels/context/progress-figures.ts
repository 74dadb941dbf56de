/** Figures of the progress panel from the answer of /api/progress. Pure. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import type { Attention, Measure, ProgressResponse, Standing } from '../../../geodata/contract/progress.ts';

export type { Attention, Measure, Standing };
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

/** What is reported for one place: a county with the zones in it, or a unit that lies in no county. */
export type Place = {
  adcode: string | null;
  name: Bilingual;
  units: Unit[];
  standing: Standing;
  previous: Standing;
};

/** Places with sites, the furthest first; equal rates by their number of sites, then by code. */
export function placesByCompletion(units: Unit[]): Place[] {
  const rate = ({ standing }: Place) => barShare(standing.completed.count, standing.listed.count);
  return placesOf(units)
    .filter(({ standing }) => standing.listed.count > 0)
    .sort((a, b) => rate(b) - rate(a) || b.standing.listed.count - a.standing.listed.count);
}

/**
 * Units gathered by county, in the order of the county codes. A place is named by the unit that bears
 * the county's own code; where none does, by its first.
 */
export function placesOf(units: Unit[]): Place[] {
  const byPlace = new Map<string, [Unit, ...Unit[]]>();
  for (const unit of [...units].sort((a, b) => a.code.localeCompare(b.code))) {
    const key = unit.countyAdcode ?? `unit ${unit.code}`;
    const members = byPlace.get(key);
    if (members) members.push(unit);
    else byPlace.set(key, [unit]);
  }
  return [...byPlace.values()].map((members) => {
    const [first, ...rest] = members;
    const own = members.find(({ code, countyAdcode }) => code === countyAdcode) ?? first;
    return {
      adcode: own.countyAdcode,
      name: own.name,
      units: members,
      standing: rest.reduce((sum, { standing }) => addStandings(sum, standing), first.standing),
      previous: rest.reduce((sum, { previous }) => addStandings(sum, previous), first.previous),
    };
  });
}

/** What needs somebody to do something in several units together; steps of the same length are one. */
export function addAttentions(attentions: readonly Attention[]): Attention {
  const sum = (of: (attention: Attention) => Measure) =>
    attentions.map(of).reduce(addMeasures, { count: 0, areaSquareMeters: 0 });
  const stepped = (of: (attention: Attention) => Attention['silent']): Attention['silent'] => {
    const byMonths = new Map<number, Measure>();
    for (const { months, ...measure } of attentions.flatMap((attention) => of(attention).steps)) {
      byMonths.set(months, addMeasures(byMonths.get(months) ?? { count: 0, areaSquareMeters: 0 }, measure));
    }
    const steps = [...byMonths]
      .sort(([a], [b]) => b - a)
      .map(([months, measure]) => ({ months, ...measure }));
    return { ...sum(of), steps };
  };
  return {
    returned: sum(({ returned }) => returned),
    waits_county: sum(({ waits_county: waits }) => waits),
    waits_city: sum(({ waits_city: waits }) => waits),
    silent: stepped(({ silent }) => silent),
    overdue: stepped(({ overdue }) => overdue),
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
    treated: addMeasures(a.treated, b.treated),
  };
}

function addMeasures(a: Measure, b: Measure): Measure {
  return { count: a.count + b.count, areaSquareMeters: a.areaSquareMeters + b.areaSquareMeters };
}
