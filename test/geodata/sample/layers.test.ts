import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { MultiPolygon, Position } from 'geojson';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findLayer } from '../../../geodata/catalogue/index.ts';
import type { FeatureInput } from '../../../geodata/domain/feature-input.ts';
import { ganzhou } from '../../../geodata/reference/ganzhou/region.ts';
import { generateSample } from '../../../geodata/sample/generate-sample.ts';
import { type SampleLayerId, sampleLayerIds } from '../../../geodata/sample/sample-data.ts';
import { tinyRegion } from '../../fixtures/tiny-region.ts';
import { findCrossings, findNested, firstVertex, holds, turn } from './planar-checks.ts';
import { areaOf, countyShape, metersBetween, polygonsOf } from './sample-shapes.ts';

const sample = generateSample(ganzhou);
const { layers } = sample;

const goldenFile = new URL('../../golden/sample/ganzhou.sha256', import.meta.url);

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function ringsOf(feature: FeatureInput): Position[][] {
  return feature.geometry?.type === 'MultiPolygon' ? feature.geometry.coordinates.flat() : [];
}

describe('the sample', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('has the same bytes every time, without clock or chance', () => {
    const refuse = (): never => {
      throw new Error('not deterministic');
    };
    vi.spyOn(Math, 'random').mockImplementation(refuse);
    vi.spyOn(Date, 'now').mockImplementation(refuse);
    expect(hashOf(generateSample(ganzhou))).toBe(hashOf(sample));
  }, 60_000);

  it('has the same bytes on every machine (UPDATE_GOLDEN=1 notes a new sample)', () => {
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(goldenFile, `${hashOf(sample)}\n`);
    expect(hashOf(sample)).toBe(readFileSync(goldenFile, 'utf8').trim());
  });

  it('is another one for another seed', () => {
    const [one, other] = [1, 2].map((seed) =>
      generateSample({ ...tinyRegion, sample: { ...tinyRegion.sample, seed } }),
    );
    expect(one?.layers.mine_patches).not.toEqual(other?.layers.mine_patches);
    expect(one?.layers.ecological_red_lines).not.toEqual(other?.layers.ecological_red_lines);
  });

  it('has every layer with as many features as the region says', () => {
    expect(Object.fromEntries(sampleLayerIds.map((id) => [id, layers[id].length]))).toMatchObject({
      counties: 18,
      rivers: 12,
      ecological_red_lines: 412,
      protected_areas: 22,
      wetland_parks: 12,
      biodiversity_corridors: 11,
      mine_sites: 535,
    });
  });

  it('says of every dataset that it is 示意', () => {
    for (const id of sampleLayerIds) {
      expect(sample.datasets[id].title).toContain('示意数据');
      expect(sample.datasets[id].source).not.toBe('');
    }
  });

  it.each(sampleLayerIds)('fills only fields and values the definition of %s knows', (id: SampleLayerId) => {
    const fields = new Map(findLayer(id)?.fields.map((field) => [field.name, field]));
    for (const feature of layers[id]) {
      for (const [name, value] of Object.entries(feature.properties)) {
        const field = fields.get(name);
        expect(field, name).toBeDefined();
        if (value === null || field === undefined) continue;
        expect(typeof value).toBe(field.type === 'real' || field.type === 'integer' ? 'number' : 'string');
        if (field.type === 'integer') expect(Number.isInteger(value)).toBe(true);
        if (field.type === 'date') expect(value).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        if (field.enum !== undefined) expect(field.enum.map((entry) => entry.value)).toContain(value);
      }
    }
  });

  it.each(sampleLayerIds)('gives every feature of %s a code of its own', (id: SampleLayerId) => {
    expect(new Set(layers[id].map(({ code }) => code)).size).toBe(layers[id].length);
  });

  it('keeps every coordinate inside the extent, with at most 8 decimals', () => {
    // The schematic outlines themselves reach 0.002° beyond the extent.
    const [west, south, east, north] = ganzhou.extent.map(
      (value, index) => value + (index < 2 ? -0.005 : 0.005),
    ) as [number, number, number, number];
    const wrong = sampleLayerIds
      .flatMap((id) => layers[id])
      .flatMap(({ geometry }) => (geometry === null ? [] : (geometry.coordinates.flat(3) as number[])))
      .filter((value, index) => {
        const inside = index % 2 === 0 ? value >= west && value <= east : value >= south && value <= north;
        return !inside || Number(value.toFixed(8)) !== value;
      });
    expect(wrong).toEqual([]);
  });

  const areal = sampleLayerIds.filter((id) => id !== 'rivers' && id !== 'mine_sites');
  it.each(areal)('closes the rings of %s, outer ones counter-clockwise, and none crosses itself', (id) => {
    for (const { code, geometry } of polygonsOf(layers[id])) {
      for (const polygon of geometry.coordinates) {
        polygon.forEach((ring, index) => {
          expect(ring.length, code).toBeGreaterThanOrEqual(4);
          expect(ring[0], code).toEqual(ring.at(-1));
          expect(Math.sign(turn(ring)), code).toBe(index === 0 ? 1 : -1);
        });
      }
      expect(findCrossings([{ code, geometry }])).toEqual([]);
    }
  });
});

describe('rivers of the sample', () => {
  it('pass through every given point', () => {
    for (const [index, river] of ganzhou.rivers.entries()) {
      const line = (layers.rivers[index]?.geometry?.coordinates[0] ?? []) as Position[];
      const missed = river.line.filter((point) => !line.some((vertex) => metersBetween(vertex, point) < 1));
      expect(missed, river.name).toEqual([]);
      expect(line.length).toBeGreaterThan(river.line.length * 3);
    }
  });
});

describe('protected areas and wetland parks of the sample', () => {
  const areas = [...layers.protected_areas, ...layers.wetland_parks];
  const places = ganzhou.places.filter(({ kind }) => kind !== 'mine_project');
  const areaOfPlace = (id: string): FeatureInput => {
    const area = areas.find(({ code }) => code.endsWith(`-${id}`));
    if (area === undefined) throw new Error(`no area ${id}`);
    return area;
  };

  it('are all there, each inside its county', () => {
    expect(areas.length).toBe(places.length);
    for (const place of places) {
      const area = areaOfPlace(place.id);
      expect(area.properties).toMatchObject({ name: place.name, county_adcode: place.adcode });
      const county = countyShape(sample, place.adcode);
      const [shape] = polygonsOf([area]);
      expect(shape && holds(county.geometry, firstVertex(shape.geometry)), place.name).toBe(true);
      expect(findCrossings(shape ? [shape] : [], [county])).toEqual([]);
    }
  });

  it('have their published area within 0.5 %, and none where none is published', () => {
    for (const place of places) {
      const area = areaOfPlace(place.id);
      const published = area.properties.published_area_m2;
      expect(published).toBe(place.areaHa === null ? null : Math.round(place.areaHa * 10_000));
      if (typeof published !== 'number') continue;
      expect(Math.abs(areaOf(area.geometry as MultiPolygon) / published - 1), place.name).toBeLessThan(0.005);
    }
  });

  it('lie where they are, within the accuracy of their place', () => {
    for (const place of places) {
      const shape = areaOfPlace(place.id).geometry as MultiPolygon;
      const nearest = Math.min(
        ...shape.coordinates.flat(2).map((vertex) => metersBetween(vertex, place.center)),
      );
      expect(holds(shape, place.center) || nearest <= (place.accuracyMeters ?? 0), place.name).toBe(true);
    }
  });

  it('do not overlap', () => {
    expect(findCrossings(polygonsOf(areas))).toEqual([]);
    expect(findNested(polygonsOf(areas))).toEqual([]);
  });

  it('carry the published wetland figures and say that outlines are synthetic', () => {
    expect(areaOfPlace('wp-lj').properties).toMatchObject({
      wetland_area_m2: 23_624_500,
      wetland_rate_percent: 66.05,
    });
    expect(areaOfPlace('wp-mj').properties).toMatchObject({
      wetland_area_m2: null,
      wetland_rate_percent: 51.78,
    });
    expect(areaOfPlace('wp-hp').properties.park_state).toBe('试点');
    for (const area of areas) expect(area.properties.note).toContain('示意');
    expect(areaOfPlace('nr-lys').properties.note).toContain('未经公开资料核实');
  });
});

describe('corridors of the sample', () => {
  const areas = [...layers.protected_areas, ...layers.wetland_parks];

  it('are ten or more, of both systems, with the elevation of their system', () => {
    expect(layers.biodiversity_corridors.length).toBeGreaterThanOrEqual(10);
    const elevations = new Map(
      layers.biodiversity_corridors.map(({ properties }) => [properties.system, properties.min_elevation_m]),
    );
    expect(Object.fromEntries(elevations)).toEqual({ '南岭-罗霄山脉': 400, 武夷山西麓: 300 });
  });

  it('begin in one area of provincial level or above and end in another', () => {
    for (const { code, axis, properties } of layers.biodiversity_corridors) {
      const line = axis?.coordinates[0] as Position[];
      const [from, to] = [properties.from_area, properties.to_area].map((name) =>
        areas.find((area) => area.properties.name === name),
      );
      for (const [area, end] of [
        [from, line[0]],
        [to, line.at(-1)],
      ] as const) {
        expect(['国家级', '省级'], code).toContain(area?.properties.level);
        expect(holds(area?.geometry as MultiPolygon, end ?? []), code).toBe(true);
      }
      expect(from).not.toBe(to);
    }
  });

  it('have the widths and breaks they say', () => {
    for (const feature of layers.biodiversity_corridors) {
      const { code, properties } = feature;
      const shape = feature.geometry as MultiPolygon;
      const line = feature.axis?.coordinates[0] as Position[];
      const length = line
        .slice(1)
        .reduce((sum, point, index) => sum + metersBetween(line[index] ?? point, point), 0);
      const [mean, least] = [Number(properties.mean_width_m), Number(properties.least_width_m)];
      expect(Math.abs(areaOf(shape) / length - mean), code).toBeLessThan(1);
      expect(least, code).toBeGreaterThanOrEqual(300);
      expect(mean, code).toBeGreaterThanOrEqual(least);
      expect(mean, code).toBeLessThanOrEqual(2000);
      expect(shape.coordinates.length - 1, code).toBe(properties.break_count);
    }
  });
});

describe('red lines of the sample', () => {
  const redLines = polygonsOf(layers.ecological_red_lines);
  const squareKilometers = redLines.map(({ geometry }) => areaOf(geometry) / 1e6);

  it('do not overlap or touch anywhere', () => {
    expect(findCrossings(redLines)).toEqual([]);
    expect(findNested(redLines)).toEqual([]);
  });

  it('hold every nature reserve and forest park whole', () => {
    const held = polygonsOf(
      layers.protected_areas.filter(({ properties }) =>
        ['自然保护区', '森林公园'].includes(String(properties.kind)),
      ),
    );
    expect(held.length).toBe(21);
    expect(findCrossings(held, redLines)).toEqual([]);
    for (const { code, geometry } of held) {
      expect(redLines.filter((line) => holds(line.geometry, firstVertex(geometry))).length, code).toBe(1);
      const inHoles = redLines.flatMap((line) =>
        line.geometry.coordinates.flatMap(([, ...holes]) =>
          holes.filter(([vertex]) => holds(geometry, vertex ?? [])),
        ),
      );
      expect(inHoles, code).toEqual([]);
    }
  });

  it('lie each inside the county they name', () => {
    for (const [index, { code, geometry }] of redLines.entries()) {
      const county = countyShape(sample, layers.ecological_red_lines[index]?.properties.county_adcode);
      expect(holds(county.geometry, firstVertex(geometry)), code).toBe(true);
    }
    expect(findCrossings(redLines, polygonsOf(layers.counties))).toEqual([]);
  });

  it('take a fifth to a third of the land, in few large and many small areas of three types', () => {
    const territory = layers.counties.reduce(
      (sum, { geometry }) => sum + areaOf(geometry as MultiPolygon) / 1e6,
      0,
    );
    const share = squareKilometers.reduce((sum, area) => sum + area, 0) / territory;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.35);
    expect(Math.max(...squareKilometers)).toBeGreaterThan(200);
    expect(squareKilometers.filter((area) => area < 5).length).toBeGreaterThan(100);
    const types = new Set(layers.ecological_red_lines.map(({ properties }) => properties.red_line_type));
    expect([...types].sort()).toEqual(['水土保持', '水源涵养', '生物多样性维护']);
    expect(ringsOf(layers.ecological_red_lines[0] as FeatureInput)[0]?.length).toBeGreaterThan(100);
  });
});
