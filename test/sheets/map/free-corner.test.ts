import { describe, expect, it } from 'vitest';
import type { FeatureInput } from '../../../geodata/domain/feature-input.ts';
import { freeCorner } from '../../../server/sheets/map/free-corner.ts';
import { isBoxWithin } from '../../../server/sheets/map/paper-geometry.ts';
import { layerNamed, mapContent } from './map-content.ts';

/** Squares of 40 mm at 1:100 000 round the middle, moved by degrees. */
const park = (code: string, dLng: number, dLat: number): FeatureInput => {
  const [lng, lat, half] = [114 + dLng, 26 + dLat, 0.02];
  const ring = [
    [lng - half, lat - half],
    [lng + half, lat - half],
    [lng + half, lat + half],
    [lng - half, lat + half],
    [lng - half, lat - half],
  ];
  return { code, geometry: { type: 'MultiPolygon', coordinates: [[ring]] }, properties: { name: code } };
};

const contentWith = (features: FeatureInput[]) =>
  mapContent({
    spec: { template: 'county', area: { kind: 'center', center: [114, 26] }, scale: 100_000 },
    center: [114, 26],
    scale: 100_000,
    layers: [{ definition: layerNamed('wetland_parks'), features }],
  });

describe('the corner for the north arrow', () => {
  const northEast = park('东北', 0.13, 0.1);
  const northWest = park('西北', -0.13, 0.1);

  it('is the upper right one of an empty map, whole within the frame', () => {
    const content = contentWith([]);
    const { frame } = content.plan.map;
    const box = freeCorner(content);
    expect(isBoxWithin(box, frame)).toBe(true);
    expect(box.x).toBeGreaterThan(frame.x + frame.width / 2);
    expect(box.y).toBeLessThan(frame.y + frame.height / 2);
  });

  it('gives way to what is drawn there', () => {
    const content = contentWith([northEast]);
    const { frame } = content.plan.map;
    expect(freeCorner(content).x).toBeLessThan(frame.x + frame.width / 2);
    const both = freeCorner(contentWith([northEast, northWest]));
    expect(both.y).toBeGreaterThan(frame.y + frame.height / 2);
  });

  it('gives way to furniture in the map', () => {
    const content = contentWith([]);
    const { frame } = content.plan.map;
    const legend = { x: frame.x + frame.width - 40, y: frame.y, width: 40, height: 60 };
    const layout = { ...content.plan.layout, parts: { legend } };
    const box = freeCorner({ ...content, plan: { ...content.plan, layout } });
    expect(box.x).toBeLessThan(frame.x + frame.width / 2);
  });
});
