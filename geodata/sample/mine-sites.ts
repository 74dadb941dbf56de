/** Mine sites, their patches and their events, put together from placement, words, standings and histories. */
import type { FeatureInput } from '../domain/feature-input.ts';
import { statuses } from '../domain/workflow.ts';
import { type Day, dayOf, isoDateOf, lastDayOfMonth, monthOf } from './calendar.ts';
import type { ConservationArea } from './conservation-areas.ts';
import { executingUnit } from './mine-attributes.ts';
import { numberLists, type Step, writeHistory } from './mine-history.ts';
import { type PlacedMine, placeMines } from './mine-placement.ts';
import { drawStandings } from './mine-statuses.ts';
import { codeSite, nameMine, nameTownships } from './mine-words.ts';
import type { Point } from './plane.ts';
import { createRandom, type Random } from './random.ts';
import type { ReportingUnit, SiteEvent } from './sample-data.ts';
import type { Terrain } from './terrain.ts';

type Township = { name: string; centre: Point };
type Site = {
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
const AFTERCARE_YEARS = 3;

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

function drawSites(
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

function declaredArea(site: Site): number {
  return site.declaredAreas.reduce((sum, area) => sum + area, 0);
}

/** Key of the list an event belongs to; null where it is not recorded by list. */
function listKeyOf(site: Site, step: Step): string | null {
  if (step.status === 'city_accepted') return `accepted ${site.mine.countyIndex} ${step.day}`;
  return step.status === 'closed' ? `closed ${step.day}` : null;
}

function documentNumbers(sites: readonly Site[]): (site: Site, step: Step) => string | null {
  const keysOf = (status: Step['status']) =>
    sites.flatMap((site) =>
      site.steps.flatMap((step) => {
        const key = listKeyOf(site, step);
        return key !== null && step.status === status ? [{ key, day: step.day }] : [];
      }),
    );
  const accepted = numberLists(keysOf('city_accepted'));
  const closed = numberLists(keysOf('closed'));
  return (site, step) => {
    const key = listKeyOf(site, step);
    if (key === null) return null;
    return step.status === 'closed' ? `示意销${closed.get(key)}` : `示意验${accepted.get(key)}`;
  };
}

const problems = ['雨季施工受阻', '资金尚未到位', '用地用林手续办理中', '招投标延期', '土源不足'];
const nextSteps = ['抓紧边坡整治', '补植补种', '完善截排水沟', '覆土整平', '加强管护'];
const rectifyReasons = ['回头看发现植被成活率偏低', '抽查发现截排水沟淤塞', '督察反馈边坡局部滑塌'];

function noteOf(site: Site, step: Step, documentNumber: string | null, random: Random): string | null {
  const year = monthOf(step.day).slice(0, 4);
  switch (step.status) {
    case 'verified':
      return site.mine.attributes.liability === '历史遗留'
        ? `认定公告 示意认〔${year}〕${site.mine.countyIndex + 1}号`
        : null;
    case 'approved':
      return `立项批复 示意立〔${year}〕${Number(site.code.slice(-6))}号`;
    case 'in_progress':
    case 'natural_recovery':
      if (step.progressPercent <= 5)
        return step.status === 'in_progress' ? '进场施工' : '专家评估后转入自然恢复';
      return random.chance(0.3)
        ? `存在问题:${random.pick(problems)};下步打算:${random.pick(nextSteps)}`
        : `下步打算:${random.pick(nextSteps)}`;
    case 'city_accepted':
      return `专家意见 ${documentNumber}`;
    case 'closed':
      return `销号清单 ${documentNumber}`;
    case 'rectifying':
      return random.pick(rectifyReasons);
    default:
      return null;
  }
}

const cityStatuses: ReadonlySet<string> = new Set(['city_accepted', 'public_notice', 'closed']);

/** Seconds of the day, 08:30–17:30, at which something is recorded. */
function officeSeconds(random: Random): number {
  return 8.5 * 3600 + random.integer(0, 9 * 3600);
}

function recordEvents(
  site: Site,
  numberOf: ReturnType<typeof documentNumbers>,
  terrain: Terrain,
): SiteEvent[] {
  const random = createRandom(terrain.region.sample.seed, `events ${site.code}`);
  const asOf = dayOf(terrain.region.sample.asOf);
  let before: { day: Day; seconds: number } = { day: Number.NEGATIVE_INFINITY, seconds: 0 };
  return site.steps.map((step): SiteEvent => {
    // Within the month of the fact, so that the period it counts for is that month.
    const latest = Math.min(step.day + random.integer(0, 4), lastDayOfMonth(step.day), asOf);
    let moment = { day: latest, seconds: officeSeconds(random) };
    if (moment.day < before.day || (moment.day === before.day && moment.seconds <= before.seconds)) {
      moment = { day: before.day, seconds: before.seconds + 60 };
    }
    before = moment;
    const clock = [moment.seconds / 3600, (moment.seconds / 60) % 60, moment.seconds % 60]
      .map((part) => String(Math.floor(part)).padStart(2, '0'))
      .join(':');
    const by = cityStatuses.has(step.status) ? terrain.region.bureau.zh : site.unit.name;
    return {
      siteCode: site.code,
      status: step.status,
      effectiveOn: isoDateOf(step.day),
      period: monthOf(step.day),
      recordedAt: `${isoDateOf(moment.day)}T${clock}+08:00`,
      recordedBy: `示意用户·${by}`,
      progressPercent: step.progressPercent,
      treatedAreaSquareMeters: treatedArea(site, step),
      note: noteOf(site, step, numberOf(site, step), random),
    };
  });
}

/** Never more than was declared nor than is there. */
function treatedArea(site: Site, step: Step): number {
  return Math.floor(Math.min(site.areaSquareMeters, declaredArea(site)) * step.treatedShare);
}

function addYears(day: Day, years: number): string {
  const date = isoDateOf(day);
  const moved = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  return moved.endsWith('02-29') ? `${moved.slice(0, 4)}-02-28` : moved;
}

function siteFeature(
  site: Site,
  numberOf: ReturnType<typeof documentNumbers>,
  terrain: Terrain,
): FeatureInput {
  const { mine, steps } = site;
  const last = steps.at(-1);
  if (last === undefined) throw new Error(`${site.code} has no history`);
  const started = steps.find(({ status }) => statuses[status].counts.started);
  const done = statuses[last.status].counts.completed || last.status === 'rectifying';
  const completed = done ? steps.findLast(({ status }) => status === 'completed') : undefined;
  const accepted = steps.findLast(({ status }) => status === 'city_accepted');
  return {
    code: site.code,
    geometry: null,
    properties: {
      name: site.name,
      status: last.status,
      status_on: isoDateOf(steps.find(({ day }) => isSameStay(steps, day, last))?.day ?? last.day),
      progress_percent: last.progressPercent,
      county_adcode: terrain.counties[mine.countyIndex]?.county.adcode ?? null,
      reporting_unit: site.unit.code,
      township: site.township,
      mineral: mine.attributes.mineral,
      mining_method: mine.attributes.method,
      liability: mine.attributes.liability,
      damage_type: mine.attributes.damage,
      remediation_mode: mine.attributes.mode,
      planned_land_use: mine.attributes.landUse,
      plan_year: site.planYear,
      executing_unit: site.executingUnit,
      declared_area_m2: declaredArea(site),
      treated_area_m2: treatedArea(site, last),
      accepted_area_m2: accepted === undefined ? null : treatedArea(site, accepted),
      started_on: started === undefined ? null : isoDateOf(started.day),
      completed_on: completed === undefined ? null : isoDateOf(completed.day),
      accepted_on: accepted === undefined ? null : isoDateOf(accepted.day),
      acceptance_document: accepted === undefined ? null : numberOf(site, accepted),
      aftercare_until: accepted === undefined ? null : addYears(accepted.day, AFTERCARE_YEARS),
    },
  };
}

/** Whether the site has been in its last status without a break since this day. */
function isSameStay(steps: readonly Step[], day: Day, last: Step): boolean {
  return steps.every((step) => step.day < day || step.status === last.status);
}

function patchFeatures(site: Site, terrain: Terrain): FeatureInput[] {
  return site.mine.patches.map(({ polygon }, index) => ({
    code: `${site.code}${String(index + 1).padStart(3, '0')}`,
    geometry: { type: 'MultiPolygon', coordinates: [polygon] },
    properties: {
      site_code: site.code,
      patch_kind: site.mine.attributes.patchKinds[index] ?? null,
      county_adcode: terrain.counties[site.mine.countyIndex]?.county.adcode ?? null,
      declared_area_m2: site.declaredAreas[index] ?? null,
    },
  }));
}

/** Everything about the mines, the events in the order they were recorded. */
export function mineData(
  terrain: Terrain,
  areas: readonly ConservationArea[],
  units: readonly ReportingUnit[],
): { sites: FeatureInput[]; patches: FeatureInput[]; events: SiteEvent[] } {
  const sites = drawSites(terrain, areas, units);
  const numberOf = documentNumbers(sites);
  const events = sites.flatMap((site) => recordEvents(site, numberOf, terrain));
  const sortKey = (event: SiteEvent): string => `${event.recordedAt} ${event.siteCode}`;
  return {
    sites: sites.map((site) => siteFeature(site, numberOf, terrain)),
    patches: sites.flatMap((site) => patchFeatures(site, terrain)),
    events: events
      .map((event) => ({ event, key: sortKey(event) }))
      .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
      .map(({ event }) => event),
  };
}
