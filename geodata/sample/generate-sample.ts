/**
 * The sample (示意数据) of a region: everything the product shows without a bureau's own data. Pure and seeded: the
 * same region gives the same bytes on every machine.
 */
import type { Position } from 'geojson';
import type { FeatureInput } from '../domain/feature-input.ts';
import type { Region } from '../reference/region-schema.ts';
import { growConservationAreas } from './conservation-areas.ts';
import { conservationFeatures } from './conservation-features.ts';
import { corridorFeatures } from './corridors.ts';
import { numberDocuments, recordEvents } from './mine-events.ts';
import { patchFeatures, siteFeature } from './mine-features.ts';
import { drawSites } from './mine-sites.ts';
import { type Point, signedAreaOf } from './plane.ts';
import { redLineFeatures, traceRedLines } from './red-lines.ts';
import { bendRivers, riverFeatures } from './rivers.ts';
import type { ReportingUnit, SampleCampaign, SampleData } from './sample-data.ts';
import { createTerrain } from './terrain.ts';

/**
 * Throws where a county has no room for its mines; places, red lines and corridors that find no room are left out.
 */
export function generateSample(region: Region): SampleData {
  const terrain = createTerrain(region);
  const courses = bendRivers(region, terrain.plane, terrain.sizeKilometers);
  const areas = growConservationAreas(terrain, courses);
  const held = areas.filter(({ place }) => place.kind === 'nature_reserve' || place.kind === 'forest_park');
  const units = reportingUnits(region);
  const { wetlandParks, protectedAreas } = conservationFeatures(areas, terrain);
  const sites = drawSites(terrain, areas, units);
  const numberOf = numberDocuments(sites);
  return {
    datasets: datasetsOf(region),
    layers: {
      counties: region.counties.map(countyFeature),
      rivers: riverFeatures(courses, terrain.plane, region.adcode),
      ecological_red_lines: redLineFeatures(traceRedLines(terrain, held), held, terrain),
      protected_areas: protectedAreas,
      wetland_parks: wetlandParks,
      biodiversity_corridors: corridorFeatures(areas, terrain),
      mine_sites: sites.map((site) => siteFeature(site, numberOf, terrain)),
      mine_patches: sites.flatMap((site) => patchFeatures(site, terrain)),
    },
    reportingUnits: units,
    campaign: campaignOf(region),
    campaignSites: sites.map(({ code }) => code),
    events: recordEvents(sites, numberOf, terrain),
  };
}

function countyFeature(county: Region['counties'][number]): FeatureInput {
  return {
    code: county.adcode,
    geometry: { type: 'MultiPolygon', coordinates: county.outline.map(windPolygon) },
    properties: { name: county.name, name_en: county.nameEn, adcode: county.adcode },
  };
}

/** The polygon with its outer ring counter-clockwise and its holes clockwise (RFC 7946). */
function windPolygon(rings: readonly Position[][]): Position[][] {
  return rings.map((ring, index) => {
    const isCounterClockwise = signedAreaOf(ring.map(([lng = 0, lat = 0]): Point => [lng, lat])) > 0;
    return isCounterClockwise === (index === 0) ? ring : [...ring].reverse();
  });
}

function reportingUnits(region: Region): ReportingUnit[] {
  const counties = region.counties.map(
    (county, index): ReportingUnit => ({
      code: county.adcode,
      name: county.name,
      nameEn: county.nameEn,
      kind: 'county',
      countyAdcode: county.adcode,
      sortOrder: index + 1,
    }),
  );
  const zones = region.zones.map(
    (zone, index): ReportingUnit => ({ ...zone, kind: 'zone', sortOrder: counties.length + index + 1 }),
  );
  return [...counties, ...zones];
}

function campaignOf({ campaign }: Region): SampleCampaign {
  return {
    code: campaign.code,
    name: campaign.name.zh,
    nameEn: campaign.name.en,
    document: campaign.document,
    baseCount: campaign.baseCount,
    baseAreaSquareMeters: campaign.baseAreaSquareMeters,
    from: campaign.from,
    to: campaign.to,
  };
}

function datasetsOf(region: Region): SampleData['datasets'] {
  const title = (layer: string): string => `${region.title.zh}${layer}(示意数据)`;
  return {
    counties: { title: title('县(市、区)界'), source: '本项目绘制的示意界线,不作为权属和行政区划依据' },
    rivers: { title: title('水系'), source: '据城镇与汇流点绘制的示意河线' },
    ecological_red_lines: { title: title('生态保护红线'), source: '按山体与河源合成的示意斑块,非法定红线' },
    protected_areas: { title: title('自然保护地'), source: '名称、级别、公布面积据公开资料,范围为合成示意' },
    wetland_parks: { title: title('湿地公园'), source: '名称、级别、公布面积据公开资料,范围为合成示意' },
    biodiversity_corridors: { title: title('生物多样性廊道'), source: '按保护地位置合成的示意廊道' },
    mine_sites: { title: title('废弃矿山'), source: '按任务下达数合成的示意矿山,名称、乡镇、文号均为虚构' },
    mine_patches: { title: title('矿山图斑'), source: '按任务下达面积合成的示意图斑' },
  };
}
