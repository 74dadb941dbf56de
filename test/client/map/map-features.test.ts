import type { MultiPolygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { type Item, mapFeatures, outerEdge } from '../../../client/map/map-features.ts';
import { ganzhou } from '../../../geodata/reference/ganzhou/region.ts';

const square = (x: number, y: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y + 1],
        [x, y],
      ],
    ],
  ],
});
const item = (code: string, geometry: Item['geometry'] | null, more: Partial<Item> = {}): Item =>
  ({ type: 'Feature', properties: { code }, geometry, ...more }) as Item;

describe('mapFeatures', () => {
  it('gives shape, anchor and centre line of a feature, each with its properties', () => {
    const axis = {
      type: 'MultiLineString' as const,
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    };
    const { features } = mapFeatures([item('A', square(0, 0), { anchor: [0.5, 0.5], axis })], {
      outline: false,
    });
    expect(features.map(({ geometry }) => geometry.type)).toEqual([
      'MultiPolygon',
      'Point',
      'MultiLineString',
    ]);
    expect(features.map(({ properties }) => properties?.code)).toEqual(['A', 'A', 'A']);
  });

  it('gives nothing for a feature without geometry', () => {
    expect(mapFeatures([item('A', null)], { outline: true }).features).toEqual([]);
  });

  it('adds the outer edge only where it is asked for', () => {
    const items = [item('A', square(0, 0)), item('B', square(1, 0))];
    const partOf = (outline: boolean) =>
      mapFeatures(items, { outline }).features.map(({ properties }) => properties?.part);
    expect(partOf(true)).toContain('outline');
    expect(partOf(false)).not.toContain('outline');
  });
});

const lengthOf = (lines: Position[][]) => lines.reduce((sum, line) => sum + line.length - 1, 0);

describe('outerEdge', () => {
  it('leaves out the edge two neighbours share', () => {
    const edge = outerEdge([item('A', square(0, 0)), item('B', square(1, 0))]);
    expect(edge && lengthOf(edge.coordinates)).toBe(6);
    expect(JSON.stringify(edge?.coordinates)).not.toContain('[[1,0],[1,1]]');
  });

  it('is one closed line round the counties of Ganzhou', () => {
    const items = ganzhou.counties.map(({ adcode, outline }) =>
      item(adcode, { type: 'MultiPolygon', coordinates: outline }),
    );
    const lines = outerEdge(items)?.coordinates ?? [];
    const longest = lines.reduce((a, b) => (a.length > b.length ? a : b), []);
    expect(longest.length / lengthOf(lines)).toBeGreaterThan(0.95);
    expect(longest[0]).toEqual(longest.at(-1));
  });

  it('is left out where neighbours do not share their vertices, so that no inner border looks like an outer one', () => {
    const apart = [0, 1, 2].map((index) => item(String(index), square(index * 1.001, 0)));
    expect(outerEdge(apart)).toBeNull();
  });

  it('is null without polygons', () => {
    expect(outerEdge([item('A', null)])).toBeNull();
  });
});
