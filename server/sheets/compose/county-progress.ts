/** Figures by county out of those by reporting unit: zones without a code of their own count with their county. Pure. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import type { Measure, ProgressResponse, Standing } from '../../../geodata/contract/progress.ts';

export type CountyProgress = {
  /** '' for sites of no known county. */
  adcode: string;
  name: Bilingual;
  standing: Standing;
  previous: Standing;
  attention: { overdue: Measure; silent: Measure };
};

/** In the order of the answer; from its groups where it was asked by county. */
export function countyProgress(progress: ProgressResponse): CountyProgress[] {
  if (progress.groups?.by === 'county') {
    return progress.groups.entries.map(({ key, title, standing, previous, attention }) => ({
      adcode: key,
      name: title,
      standing,
      previous,
      attention,
    }));
  }
  const byCounty = new Map<string, CountyProgress>();
  for (const { countyAdcode, name, standing, previous, attention } of progress.byUnit) {
    const adcode = countyAdcode ?? '';
    const own = { adcode, name, standing, previous, attention };
    const known = byCounty.get(adcode);
    byCounty.set(adcode, known === undefined ? own : added(known, own));
  }
  return [...byCounty.values()];
}

/** Sites completed as a share of the ledger, 0–1; null where there is none. */
export function completionRate({ listed, completed }: Standing): number | null {
  return listed.count > 0 ? completed.count / listed.count : null;
}

function added(a: CountyProgress, b: CountyProgress): CountyProgress {
  return {
    ...a,
    standing: addStandings(a.standing, b.standing),
    previous: addStandings(a.previous, b.previous),
    attention: {
      overdue: addMeasures(a.attention.overdue, b.attention.overdue),
      silent: addMeasures(a.attention.silent, b.attention.silent),
    },
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
