/** The events of the sites as they were recorded, with the documents of acceptance and closing lists. */
import { type Day, dayOf, isoDateOf, lastDayOfMonth, monthOf } from './calendar.ts';
import { numberLists, type Step } from './mine-history.ts';
import { type Site, treatedArea } from './mine-sites.ts';
import { createRandom, type Random } from './random.ts';
import type { SiteEvent } from './sample-data.ts';
import type { Terrain } from './terrain.ts';

/** Number of the document a step was recorded by; null where it is not recorded by list. */
export type DocumentNumberOf = (site: Site, step: Step) => string | null;

/** Key of the list an event belongs to; null where it is not recorded by list. */
function listKeyOf(site: Site, step: Step): string | null {
  if (step.status === 'city_accepted') return `accepted ${site.mine.countyIndex} ${step.day}`;
  return step.status === 'closed' ? `closed ${step.day}` : null;
}

export function numberDocuments(sites: readonly Site[]): DocumentNumberOf {
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

function recordSite(site: Site, numberOf: DocumentNumberOf, terrain: Terrain): SiteEvent[] {
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

/** Events of all sites in the order they were recorded. */
export function recordEvents(
  sites: readonly Site[],
  numberOf: DocumentNumberOf,
  terrain: Terrain,
): SiteEvent[] {
  return sites
    .flatMap((site) => recordSite(site, numberOf, terrain))
    .map((event) => ({ event, key: `${event.recordedAt} ${event.siteCode}` }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ event }) => event);
}
