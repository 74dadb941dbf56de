import { describe, expect, it } from 'vitest';
import { type DrawnFeature, pickFeature } from '../../../client/map/picking.ts';

const shape = (styleLayerId: string, code: unknown): DrawnFeature => ({ styleLayerId, code, at: null });
const symbol = (code: string, x: number): DrawnFeature => ({
  styleLayerId: 'mine_sites/symbol',
  code,
  at: { x, y: 0 },
});
const pointer = { x: 0, y: 0 };

describe('pickFeature', () => {
  it('takes the feature on top', () => {
    expect(pickFeature([shape('parks/fill', 'P'), shape('counties/fill', 'C')], pointer)).toEqual({
      layerId: 'parks',
      code: 'P',
    });
  });

  it('takes the nearest of several symbols within reach', () => {
    expect(pickFeature([symbol('far', 9), symbol('near', 7), symbol('farther', 12)], pointer)?.code).toBe(
      'near',
    );
  });

  it('takes the uppermost of symbols that lie over each other, not a hidden one that is nearer', () => {
    expect(pickFeature([symbol('far', 9), symbol('above', 4), symbol('hidden', 1)], pointer)?.code).toBe(
      'above',
    );
  });

  it('prefers a symbol on top to a shape right under the pointer', () => {
    expect(pickFeature([symbol('S', 12), shape('counties/fill', 'C')], pointer)?.code).toBe('S');
  });

  it('passes over labels, rims and the border', () => {
    const drawn = [
      shape('counties/label', 'C'),
      shape('mine_sites/rim', 'S'),
      shape('counties/outline', undefined),
    ];
    expect(pickFeature(drawn, pointer)).toBeNull();
  });

  it('passes over what has no code', () => {
    expect(pickFeature([shape('parks/fill', undefined), shape('counties/fill', 'C')], pointer)?.code).toBe(
      'C',
    );
  });

  it('is null over empty ground', () => {
    expect(pickFeature([], pointer)).toBeNull();
  });
});
