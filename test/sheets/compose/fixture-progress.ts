/** Figures of progress counted plainly from the sites of the sample. */
import type { Measure, ProgressResponse, Standing } from '../../../geodata/contract/progress.ts';
import type { FeatureInput } from '../../../geodata/domain/feature-input.ts';
import { type StatusId, statuses, statusIds } from '../../../geodata/domain/workflow.ts';
import { ganzhou } from '../../../geodata/reference/ganzhou/region.ts';

const statusOf = ({ properties }: FeatureInput): StatusId => properties.status as StatusId;
export const areaOf = ({ properties }: FeatureInput): number => Number(properties.declared_area_m2 ?? 0);

function measure(sites: readonly FeatureInput[]): Measure {
  return { count: sites.length, areaSquareMeters: sites.reduce((sum, site) => sum + areaOf(site), 0) };
}

function standing(sites: readonly FeatureInput[]): Standing {
  const counting = (key: 'listed' | 'started' | 'completed' | 'closed') =>
    measure(sites.filter((site) => statuses[statusOf(site)].counts[key]));
  return {
    listed: counting('listed'),
    started: counting('started'),
    completed: counting('completed'),
    closed: counting('closed'),
    rectifying: measure(sites.filter((site) => statusOf(site) === 'rectifying')),
    excluded: measure(sites.filter((site) => statusOf(site) === 'excluded')),
    treated: {
      count: sites.length,
      areaSquareMeters: sites.reduce(
        (sum, { properties }) => sum + Number(properties.treated_area_m2 ?? 0),
        0,
      ),
    },
  };
}

const none: Measure = { count: 0, areaSquareMeters: 0 };

/** As of the sample's day; the month before had two completed sites less in each county that has as many. */
export function fixtureProgress(sites: readonly FeatureInput[]): ProgressResponse {
  const { campaign } = ganzhou;
  const total = standing(sites);
  const before = (now: Standing): Standing => ({
    ...now,
    completed: {
      count: Math.max(0, now.completed.count - 2),
      areaSquareMeters: now.completed.areaSquareMeters * 0.97,
    },
  });
  const attention = (of: readonly FeatureInput[]): ProgressResponse['attention'] => {
    const overdue = measure(of.filter((site) => !statuses[statusOf(site)].counts.started));
    return {
      returned: none,
      waits_county: none,
      waits_city: none,
      silent: { ...none, steps: [] },
      overdue: { ...overdue, steps: [] },
    };
  };
  return {
    campaign: {
      code: campaign.code,
      name: campaign.name,
      document: campaign.document,
      base: { count: campaign.baseCount, areaSquareMeters: campaign.baseAreaSquareMeters },
      areaBasis: 'declared',
      from: campaign.from,
      to: campaign.to,
    },
    difference: {
      count: campaign.baseCount - total.listed.count,
      areaSquareMeters: campaign.baseAreaSquareMeters - total.listed.areaSquareMeters,
    },
    asOf: ganzhou.sample.asOf,
    comparedWith: '2025-08-31',
    reportingPeriod: '2025-09',
    firstDay: ganzhou.sample.historyFrom,
    knownUntil: ganzhou.sample.asOf,
    hasSampleData: true,
    total,
    previousTotal: before(total),
    attention: attention(sites),
    byStatus: Object.fromEntries(
      statusIds.map((id) => [id, measure(sites.filter((site) => statusOf(site) === id))]),
    ) as ProgressResponse['byStatus'],
    byUnit: ganzhou.counties.map(({ adcode, name, nameEn }) => {
      const own = sites.filter(({ properties }) => properties.county_adcode === adcode);
      const now = standing(own);
      return {
        code: adcode,
        name: { zh: name, en: nameEn },
        countyAdcode: adcode,
        standing: now,
        previous: before(now),
        attention: attention(own),
      };
    }),
    groups: null,
  };
}
