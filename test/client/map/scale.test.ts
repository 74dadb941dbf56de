import { describe, expect, it } from 'vitest';
import { scaleDenominator } from '../../../client/map/scale.ts';

describe('scaleDenominator', () => {
  // OGC 17-083r4, WebMercatorQuad: 559 082 264.03 for 0.28 mm pixels and 256 px tiles at level 0.
  it('agrees with the WebMercatorQuad tile matrix set at the equator', () => {
    const ogcPixels = (559_082_264.028_717_8 * 0.00028) / (0.0254 / 96) / 2;
    expect(scaleDenominator(0, 0) / ogcPixels).toBeCloseTo(1, 6);
  });

  it('halves with each zoom and shrinks with the latitude', () => {
    expect(scaleDenominator(26, 10)).toBeCloseTo(scaleDenominator(26, 9) / 2, 6);
    expect(scaleDenominator(60, 5) / scaleDenominator(0, 5)).toBeCloseTo(0.5, 6);
  });
});
