/** The mine sites of the sample: placement, words, standings and histories put together. */
import { dayOf, isoDateOf } from './calendar.ts';
import type { ConservationArea } from './conservation-areas.ts';
import { executingUnit } from './mine-attributes.ts';
import { type Step, writeHistory } from './mine-history.ts';
import { type PlacedMine, placeMines } from './mine-placement.ts';
import { drawStandings } from './mine-statuses.ts';
import { codeSite, nameMine, nameTownships } from './mine-words.ts';
import type { Point } from './plane.ts';
import { createRandom, type Random } from './random.ts';
import type { ReportingUnit } from './sample-data.ts';
import type { Terrain } from './terrain.ts';

type Township = { name: string; centre: Point };
export type Site = {
  mine: PlacedMine;
  code: string;
  name: string;
  township: string;
  unit: ReportingUnit;
  planYear: number;
  steps: Step[];
  /** One per patch. */
  declaredAreas: number[];
  areaSquareMeters: number;
  executingUnit: string;
};

/** Share of a county's sites that its zones report, together. */
const ZONE_SHARE = 0.15;

function placeTownships(countyIndex: number, terrain: Terrain): Township[] {
  const land = terrain.counties[countyIndex];
  if (land === undefined) return [];
  const random = createRandom(terrain.region.sample.seed, `townships ${land.county.adcode}`);
  const count = Math.min(24, Math.max(5, Math.round(land.county.areaKm2 / 160)));
  return nameTownships(count, random).map((name) => {
    for (let attempt = 0; ; attempt += 1) {
      const centre: Point = [
        random.between(land.bounds.minX, land.bounds.maxX),
        random.between(land.bounds.minY, land.bounds.maxY),
      ];
      if (terrain.countyHolds(countyIndex, centre) || attempt > 500) return { name, centre };
    }
  });
}

function nearestTownship(townships: readonly Township[], [x, y]: Point): string {
  const distance = ({ centre }: Township): number => Math.hypot(centre[0] - x, centre[1] - y);
  return townships.reduce((best, township) => (distance(township) < distance(best) ? township : best)).name;
}

function unitFor(adcode: string, units: readonly ReportingUnit[], random: Random): ReportingUnit {
  const zones = units.filter((unit) => unit.kind === 'zone' && unit.countyAdcode === adcode);
  const county = units.find((unit) => unit.code === adcode);
  if (county === undefined) throw new Error(`no reporting unit ${adcode}`);
  return zones.length > 0 && random.chance(ZONE_SHARE) ? random.pick(zones) : county;
}

/** The year a site was planned for: that of its completion or the one before, if late; the last ones for the rest. */
function planYear(steps: readonly Step[], terrain: Terrain, random: Random): number {
  const yearOf = (isoDate: string): number => Number(isoDate.slice(0, 4));
  const first = yearOf(terrain.region.sample.historyFrom);
  const completed = steps.find(({ status }) => status === 'completed');
  const late = random.chance(0.22) ? 1 : 0;
  return Math.max(first, yearOf(completed ? isoDateOf(completed.day) : terrain.region.sample.asOf) - late);
}

/** One site per mine of the campaign, each with its words, its unit and its history. */
export function drawSites(
  terrain: Terrain,
  areas: readonly ConservationArea[],
  units: readonly ReportingUnit[],
): Site[] {
  const { seed, historyFrom, asOf } = terrain.region.sample;
  const mines = placeMines(terrain, areas);
  const standings = drawStandings(mines, seed);
  const townships = terrain.counties.map((_, index) => placeTownships(index, terrain));
  const acceptanceDays = terrain.counties.map(({ county }) =>
    createRandom(seed, `acceptance day ${county.adcode}`).integer(6, 20),
  );
  const taken = terrain.counties.map(() => new Set<string>());
  return mines.map((mine, index): Site => {
    const random = createRandom(seed, `mine ${index}`);
    const county = terrain.counties[mine.countyIndex]?.county;
    const standing = standings[index];
    if (county === undefined || standing === undefined)
      throw new Error(`mine ${index} has no county or standing`);
    const { attributes } = mine;
    const township = nearestTownship(townships[mine.countyIndex] ?? [], mine.centre);
    const steps = writeHistory(
      {
        ...standing,
        naturalRecovery: attributes.mode === '自然恢复',
        acceptanceDay: acceptanceDays[mine.countyIndex] ?? 15,
        from: dayOf(historyFrom),
        to: dayOf(asOf),
      },
      random,
    );
    return {
      mine,
      code: codeSite(county, index + 1, random),
      name: mine.givenName ?? nameMine(attributes.mineral, taken[mine.countyIndex] ?? new Set(), random),
      township,
      unit: unitFor(county.adcode, units, random),
      planYear: planYear(steps, terrain, random),
      steps,
      declaredAreas: declareAreas(mine, random),
      areaSquareMeters: mine.patches.reduce((sum, patch) => sum + patch.areaSquareMeters, 0),
      executingUnit: executingUnit(attributes.liability, county.name, township, random),
    };
  });
}

/** Declared areas were surveyed by others: near the measured ones, in whole ten square metres. */
function declareAreas(mine: PlacedMine, random: Random): number[] {
  return mine.patches.map(({ areaSquareMeters }) => {
    const factor = 1 + Math.min(0.06, Math.max(-0.06, random.normal() * 0.02));
    return Math.max(10, Math.round((areaSquareMeters * factor) / 10) * 10);
  });
}

export function declaredArea(site: Site): number {
  return site.declaredAreas.reduce((sum, area) => sum + area, 0);
}

/** Never more than was declared nor than is there. */
export function treatedArea(site: Site, step: Step): number {
  return Math.floor(Math.min(site.areaSquareMeters, declaredArea(site)) * step.treatedShare);
}
