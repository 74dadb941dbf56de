/** Features of the sites, as they stand after their last step, and of their patches. */
import type { FeatureInput } from '../domain/feature-input.ts';
import { statuses } from '../domain/workflow.ts';
import { type Day, isoDateOf } from './calendar.ts';
import type { DocumentNumberOf } from './mine-events.ts';
import type { Step } from './mine-history.ts';
import { declaredArea, type Site, treatedArea } from './mine-sites.ts';
import type { Terrain } from './terrain.ts';

const AFTERCARE_YEARS = 3;

function addYears(day: Day, years: number): string {
  const date = isoDateOf(day);
  const moved = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  return moved.endsWith('02-29') ? `${moved.slice(0, 4)}-02-28` : moved;
}

export function siteFeature(site: Site, numberOf: DocumentNumberOf, terrain: Terrain): FeatureInput {
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

export function patchFeatures(site: Site, terrain: Terrain): FeatureInput[] {
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
