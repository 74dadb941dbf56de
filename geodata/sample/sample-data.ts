/** What the generator makes: everything the loader stores, in the order its parts depend on each other. */
import type { FeatureInput } from '../domain/feature-input.ts';
import type { StatusId } from '../domain/workflow.ts';

export const sampleLayerIds = [
  'counties',
  'rivers',
  'ecological_red_lines',
  'protected_areas',
  'wetland_parks',
  'biodiversity_corridors',
  'mine_sites',
  'mine_patches',
] as const;
export type SampleLayerId = (typeof sampleLayerIds)[number];

export type ReportingUnit = {
  /** Adcode of a county, or the zone's own code. */
  code: string;
  name: string;
  nameEn: string;
  kind: 'county' | 'zone';
  countyAdcode: string;
  sortOrder: number;
};

export type SampleCampaign = {
  code: string;
  name: string;
  nameEn: string;
  document: string;
  baseCount: number;
  baseAreaSquareMeters: number;
  from: string;
  to: string;
};

export type SiteEvent = {
  siteCode: string;
  status: StatusId;
  /** 发生日期, YYYY-MM-DD. */
  effectiveOn: string;
  /** 填报期, YYYY-MM. */
  period: string;
  /** 记录时间 with the offset of Asia/Shanghai. */
  recordedAt: string;
  recordedBy: string;
  progressPercent: number;
  treatedAreaSquareMeters: number;
  note: string | null;
};

export type SampleData = {
  /** Title and source of each layer's dataset, in Chinese. */
  datasets: Record<SampleLayerId, { title: string; source: string }>;
  /** Sites have no geometry here: theirs is the union of their patches. */
  layers: Record<SampleLayerId, FeatureInput[]>;
  reportingUnits: ReportingUnit[];
  campaign: SampleCampaign;
  /** Codes of the sites in the campaign. */
  campaignSites: string[];
  /** In the order they were recorded. */
  events: SiteEvent[];
};
