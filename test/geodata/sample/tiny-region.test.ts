import type { MultiPolygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { generateSample } from '../../../geodata/sample/generate-sample.ts';
import { tinyRegion } from '../../fixtures/tiny-region.ts';
import { findCrossings, findNested, firstVertex, holds } from './planar-checks.ts';
import { areaOf, polygonsOf } from './sample-shapes.ts';

const sample = generateSample(tinyRegion);
const { layers } = sample;

describe('the sample of another region', () => {
  it('follows the figures of that region', () => {
    expect(layers.counties.map(({ code }) => code)).toEqual(['990102', '990103']);
    expect(layers.mine_sites.length).toBe(5);
    expect(layers.ecological_red_lines.length).toBe(6);
    expect(layers.biodiversity_corridors.length).toBe(1);
    expect(layers.protected_areas.map(({ properties }) => properties.name)).toEqual([
      '东微省级自然保护区',
      '西微国家森林公园',
    ]);
    const total = layers.mine_patches.reduce(
      (sum, { geometry }) => sum + areaOf(geometry as MultiPolygon),
      0,
    );
    expect(Math.abs(total - 118_000)).toBeLessThan(1);
  });

  it('knows no place, code or date of Ganzhou', () => {
    const text = JSON.stringify(sample);
    expect(text).not.toMatch(/赣|"3607|2025-09-30/);
    const [west, south, east, north] = tinyRegion.extent;
    for (const { code, geometry } of polygonsOf([...layers.mine_patches, ...layers.ecological_red_lines])) {
      for (const [lng = 0, lat = 0] of geometry.coordinates.flat(2)) {
        expect(lng >= west && lng <= east && lat >= south && lat <= north, code).toBe(true);
      }
    }
  });

  it('overlaps nowhere and holds its reserves', () => {
    const redLines = polygonsOf(layers.ecological_red_lines);
    for (const shapes of [redLines, polygonsOf(layers.mine_patches), polygonsOf(layers.protected_areas)]) {
      expect(findCrossings(shapes)).toEqual([]);
      expect(findNested(shapes)).toEqual([]);
    }
    const held = polygonsOf(layers.protected_areas);
    expect(findCrossings(held, redLines)).toEqual([]);
    for (const { geometry } of held) {
      expect(redLines.some((line) => holds(line.geometry, firstVertex(geometry)))).toBe(true);
    }
  });

  it('links its two areas by the corridor', () => {
    const line = layers.biodiversity_corridors[0]?.axis?.coordinates[0] as Position[];
    const ends = [line[0], line.at(-1)].map((end) =>
      layers.protected_areas.findIndex(({ geometry }) => holds(geometry as MultiPolygon, end ?? [])),
    );
    expect(ends.sort()).toEqual([0, 1]);
  });

  it('has a history within the short span of its campaign', () => {
    expect(new Set(sample.events.map(({ siteCode }) => siteCode)).size).toBe(5);
    for (const { effectiveOn } of sample.events) {
      expect(effectiveOn >= '2024-01-01' && effectiveOn <= '2024-06-30').toBe(true);
    }
  });

  it('does without places, rivers, red lines and corridors', () => {
    const bare = generateSample({
      ...tinyRegion,
      rivers: [],
      places: [],
      sample: { ...tinyRegion.sample, redLineCount: 0, corridorCount: 0 },
    });
    expect(bare.layers.mine_sites.length).toBe(5);
    expect(bare.layers.ecological_red_lines).toEqual([]);
    expect(bare.layers.biodiversity_corridors).toEqual([]);
  });
});
