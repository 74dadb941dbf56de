/** Contents of whole sheets from the sample, without a database: every template, paper and language. */
import type { Position } from 'geojson';
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { SheetSlots, SheetSpecInput, SheetTemplateId } from '../../../geodata/contract/sheets.ts';
import { findCrs, fromLngLat } from '../../../geodata/domain/crs.ts';
import type { FeatureInput } from '../../../geodata/domain/feature-input.ts';
import { layoutFor } from '../../../geodata/domain/sheet-layout.ts';
import { type Orientation, type PaperId, roundScale } from '../../../geodata/domain/sheet-paper.ts';
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';
import { ganzhou } from '../../../geodata/reference/ganzhou/region.ts';
import { generateSample } from '../../../geodata/sample/generate-sample.ts';
import type { SampleData } from '../../../geodata/sample/sample-data.ts';
import type { InsetContent, SheetContent, SheetFocus } from '../../../server/sheets/sheet-content.ts';
import { layerNamed, mapContent } from '../map/map-content.ts';
import { writeTwkb } from '../map/write-twkb.ts';
import { areaOf, fixtureProgress } from './fixture-progress.ts';
import { fixtureSite } from './fixture-site.ts';

export type FixtureOrder = {
  template: SheetTemplateId;
  paper?: PaperId;
  orientation?: Orientation;
  language?: 'zh-CN' | 'en';
  /** Missing: what the template is usually for. */
  focus?: 'region' | 'county' | 'site' | 'extent';
  adcode?: string;
  slots?: SheetSlots;
  classification?: SheetSpecInput['classification'];
  layers?: string[];
  watermark?: string | null;
  /** Each patch of the site with so many vertices. */
  vertices?: number;
  /** One site in so many; missing: every one. Figures of progress count all. */
  oneIn?: number;
};

const COUNTY = '360732';
const SRID = 4547;
let kept: SampleData | undefined;

export function fixtureSample(): SampleData {
  kept ??= generateSample(ganzhou);
  return kept;
}

/** A content as the database would give it; scale and centre fit the focus on the paper. */
export function fixtureContent(order: FixtureOrder): SheetContent {
  const { template } = order;
  const usual = sheetTemplates[template];
  const paper = order.paper ?? usual.paper;
  const orientation = order.orientation ?? (usual.orientation === 'auto' ? 'landscape' : usual.orientation);
  const focusKind = order.focus ?? { site: 'site', county: 'county' }[template as string] ?? 'region';
  const sample = fixtureSample();
  const adcode = order.adcode ?? COUNTY;
  const sites = sitesWithShapes(sample);
  const site = sites.find(
    ({ properties }) => properties.county_adcode === adcode && properties.status === 'closed',
  );
  const { focus, positions, outline } = focusOf(focusKind, adcode, site);
  const place = placeOf(positions, template, paper, orientation, focusKind === 'site');
  const wanted = order.layers ?? usual.layers.map(({ id }) => id);
  const inFocus = (feature: FeatureInput): boolean =>
    focusKind !== 'county' || feature.properties.county_adcode === adcode;
  const layers = wanted.map(layerNamed).sort((a, b) => a.drawOrder - b.drawOrder);
  const content = mapContent({
    spec: {
      template,
      paper,
      language: order.language ?? 'zh-CN',
      area: { kind: 'region' },
      classification: order.classification ?? 'internal',
      slots: order.slots ?? {},
    },
    orientation,
    center: place.center,
    scale: place.scale,
    srid: SRID,
    focus,
    layers: layers.map((definition) => {
      const { entries, labels } = usual.layers.find(({ id }) => id === definition.id) ?? { labels: true };
      return {
        definition,
        labels: labels ?? true,
        ...(entries === undefined ? {} : { entries }),
        features: featuresOf(definition, sample, sites)
          .filter((_, index) => definition.group === 'base' || index % (order.oneIn ?? 1) === 0)
          .filter((feature) => definition.group === 'base' || inFocus(feature)),
      };
    }),
    ...(outline === null ? {} : { focusOutline: outline }),
    site:
      site === undefined || focusKind !== 'site'
        ? null
        : fixtureSite(site, patchesOf(site, sample), order.vertices),
  });
  return {
    ...content,
    layers: content.layers.map((layer) => withDatasets(layer, sample)),
    inset: focusKind === 'region' ? null : insetOf(content.plan),
    progress: focusKind === 'site' ? null : fixtureProgress(sample.layers.mine_sites.filter(inFocus)),
    dataAsOf: { oldest: ganzhou.sample.asOf, newest: ganzhou.sample.asOf },
    effectiveOn: ganzhou.sample.asOf,
    dataVersion: '3f9c2a17',
    watermark: order.watermark ?? null,
    page: { number: 13, of: 18 },
  };
}

function sitesWithShapes(sample: SampleData): FeatureInput[] {
  return sample.layers.mine_sites.map((site) => ({
    ...site,
    geometry: {
      type: 'MultiPolygon',
      coordinates: patchesOf(site, sample).flatMap(({ geometry }) =>
        geometry?.type === 'MultiPolygon' ? geometry.coordinates : [],
      ),
    },
    properties: { ...site.properties, phase: phaseOf(String(site.properties.status)) },
  }));
}

function patchesOf(site: FeatureInput, sample: SampleData): FeatureInput[] {
  return sample.layers.mine_patches.filter(({ properties }) => properties.site_code === site.code);
}

function phaseOf(status: string): string {
  const phases: Record<string, string> = {
    to_verify: 'not_started',
    verified: 'not_started',
    designing: 'preparing',
    approved: 'preparing',
    in_progress: 'in_works',
    natural_recovery: 'in_works',
    completed: 'awaiting_acceptance',
    county_accepted: 'awaiting_acceptance',
    city_accepted: 'accepted',
    public_notice: 'accepted',
    handed_over: 'closed',
    excluded: 'removed',
  };
  return phases[status] ?? status;
}

function featuresOf(
  { id }: LayerDefinition,
  sample: SampleData,
  sites: FeatureInput[],
): readonly FeatureInput[] {
  if (id === 'mine_sites') return sites;
  return sample.layers[id as keyof SampleData['layers']] ?? [];
}

function focusOf(kind: string, adcode: string, site: FeatureInput | undefined) {
  const county = ganzhou.counties.find((each) => each.adcode === adcode);
  if (county === undefined) throw new Error(`no county ${adcode}`);
  const all = ganzhou.counties.flatMap(({ outline }) => outline.flat(2));
  if (kind === 'county') {
    const focus: SheetFocus = { kind: 'county', adcode, name: { zh: county.name, en: county.nameEn } };
    return { focus, positions: county.outline.flat(2), outline: county.outline };
  }
  if (kind === 'site') {
    if (site?.geometry?.type !== 'MultiPolygon') throw new Error('no site');
    const focus: SheetFocus = { kind: 'site', code: site.code, name: String(site.properties.name), adcode };
    return { focus, positions: site.geometry.coordinates.flat(2), outline: null };
  }
  const focus: SheetFocus = kind === 'region' ? { kind: 'region', name: ganzhou.title } : { kind: 'extent' };
  return { focus, positions: kind === 'region' ? all : county.outline.flat(2), outline: null };
}

function placeOf(
  positions: readonly Position[],
  template: SheetTemplateId,
  paper: PaperId,
  orientation: Orientation,
  isSite: boolean,
) {
  const { frame } = layoutFor(template, paper, orientation);
  const lngs = positions.map(([lng = 0]) => lng);
  const lats = positions.map(([, lat = 0]) => lat);
  const center: [number, number] = [(min(lngs) + max(lngs)) / 2, (min(lats) + max(lats)) / 2];
  const crs = findCrs(SRID);
  if (crs === undefined) throw new Error('no CRS');
  const plane = positions.map(([lng = 0, lat = 0]) => fromLngLat(crs, [lng, lat]));
  const width = max(plane.map(([x]) => x)) - min(plane.map(([x]) => x));
  const height = max(plane.map(([, y]) => y)) - min(plane.map(([, y]) => y));
  const needed = Math.max(width / frame.width, height / frame.height) * 1000;
  return { center, scale: roundScale(needed * (isSite ? 1.45 : 1.03)) };
}

function insetOf(plan: SheetContent['plan']): InsetContent {
  const all = ganzhou.counties.flatMap(({ outline }) => outline.flat(2));
  const [minLng, maxLng] = [min(all.map(([lng = 0]) => lng)), max(all.map(([lng = 0]) => lng))];
  const [minLat, maxLat] = [min(all.map(([, lat = 0]) => lat)), max(all.map(([, lat = 0]) => lat))];
  const perDegree = 10_000 / Math.max((maxLng - minLng) * 0.9, maxLat - minLat);
  const put = ([lng = 0, lat = 0]: Position): [number, number] => [
    (lng - minLng) * 0.9 * perDegree,
    (maxLat - lat) * perDegree,
  ];
  const { frame, metersPerMm } = plan.map;
  const halfLng = (frame.width * metersPerMm) / 2 / 100_000;
  const halfLat = (frame.height * metersPerMm) / 2 / 110_700;
  const [lng, lat] = plan.center;
  const corners: Position[] = [
    [lng - halfLng, lat + halfLat],
    [lng + halfLng, lat + halfLat],
    [lng + halfLng, lat - halfLat],
    [lng - halfLng, lat - halfLat],
    [lng - halfLng, lat + halfLat],
  ];
  return {
    counties: ganzhou.counties.map(({ adcode, outline }) => ({
      adcode,
      shape: writeTwkb([
        { kind: 'polygons', polygons: outline.map((rings) => rings.map((ring) => ring.map(put))) },
      ]),
    })),
    frame: corners.flatMap(put),
  };
}

function withDatasets(
  layer: SheetContent['layers'][number],
  sample: SampleData,
): SheetContent['layers'][number] {
  const dataset = sample.datasets[layer.layerId as keyof SampleData['datasets']];
  if (dataset === undefined) return layer;
  return {
    ...layer,
    features: layer.features,
    datasets: [
      {
        id: layer.layerId,
        kind: 'sample',
        title: dataset.title,
        source: dataset.source,
        asOf: ganzhou.sample.asOf,
        classification: 'internal',
        featureCount: layer.features.length,
        createdAt: '2025-10-01T00:00:00Z',
        sourceCrs: null,
        sourceEncoding: null,
        sourceFile: null,
        positionDoubt: null,
      },
    ],
  };
}

/** Sum of declared areas of features. */
export function totalArea(features: readonly FeatureInput[]): number {
  return features.reduce((sum, feature) => sum + areaOf(feature), 0);
}

function min(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function max(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}
