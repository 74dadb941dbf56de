import { describe, expect, it } from 'vitest';
import { frameFeatures, frameLayers } from '../../../client/map/frame-style.ts';
import { isInRing, moveFrame } from '../../../client/map/move-frame.ts';
import type { LngLat, SheetFrame } from '../../../client/state/app-state.ts';

const ring: LngLat[] = [
  [115, 26],
  [116, 26],
  [116, 27],
  [115, 27],
  [115, 26],
];
const frame: SheetFrame = { ring, center: [115.5, 26.5], scale: 350_000 };

describe('the paper frame on the map', () => {
  it('follows the hand and keeps its scale', () => {
    const moved = moveFrame(frame, [115.5, 26.5], [115.7, 26.4]);
    expect(moved.center[0]).toBeCloseTo(115.7, 9);
    expect(moved.center[1]).toBeCloseTo(26.4, 9);
    expect(moved.ring.map(([lng]) => lng)).toEqual(ring.map(([lng]) => expect.closeTo(lng + 0.2, 9)));
    expect(moved.scale).toBe(350_000);
  });

  it('is as large on a Mercator map wherever it is moved to', () => {
    const northing = (lat: number) => Math.asinh(Math.tan((lat * Math.PI) / 180));
    const height = ({ ring: [a, , c] }: SheetFrame) => northing(c?.[1] ?? 0) - northing(a?.[1] ?? 0);
    expect(height(moveFrame(frame, [115, 26], [115, 40]))).toBeCloseTo(height(frame), 9);
  });

  it('stays on the map and stays itself where nothing moves', () => {
    expect(moveFrame(frame, [115, 26], [115, 26])).toBe(frame);
    const far = moveFrame(frame, [115, 26], [115, 89.9]);
    for (const [, lat] of far.ring) expect(lat).toBeLessThanOrEqual(85);
  });

  it('is taken hold of inside, not outside', () => {
    expect(isInRing([115.5, 26.5], ring)).toBe(true);
    expect(isInRing([114.9, 26.5], ring)).toBe(false);
    expect(isInRing([115.5, 27.1], ring)).toBe(false);
    expect(isInRing([115.5, 26.5], [])).toBe(false);
  });

  it('is drawn as an outline with its outside dimmed, and only while a sheet is composed', () => {
    expect(frameLayers(false)).toEqual([]);
    expect(frameLayers(true).map(({ type }) => type)).toEqual(['fill', 'line', 'line']);
    const [outside, outline] = frameFeatures(frame).features;
    expect(outside?.geometry).toMatchObject({ type: 'Polygon' });
    expect(outside?.geometry.type === 'Polygon' && outside.geometry.coordinates[1]).toEqual(ring);
    expect(outline?.geometry).toEqual({ type: 'LineString', coordinates: ring });
    expect(frameFeatures(null).features).toEqual([]);
  });
});
