import { describe, expect, it } from 'vitest';
import { layoutFor } from '../../../geodata/domain/sheet-layout.ts';
import { fitFrame } from '../../../server/sheets/plan/fit-frame.ts';

const request = {
  template: 'city',
  paper: 'A3',
  orientation: 'auto',
  width: 272_221,
  height: 293_856,
  unitsPerMeter: 1,
  margin: 0.02,
  leastDenominator: 0,
  scale: null,
} as const;

describe('a subject in a frame', () => {
  it('is whole with its margin at the largest round scale, the way round that gives it', () => {
    const fit = fitFrame(request);
    expect([fit.layout.orientation, fit.scale, fit.isWhole]).toEqual(['portrait', 1_100_000, true]);
    const flat = fitFrame({ ...request, width: 293_856, height: 200_000 });
    expect(flat.layout.orientation).toBe('landscape');
    const { frame } = flat.layout;
    expect(293_856_000 / flat.scale / frame.width).toBeLessThanOrEqual(0.98);
  });

  it('keeps the orientation and the scale that were asked for, and says whether it is whole', () => {
    const fit = fitFrame({ ...request, orientation: 'landscape', scale: 1_000_000 });
    expect([fit.layout.orientation, fit.scale, fit.isWhole]).toEqual(['landscape', 1_000_000, false]);
    expect(fitFrame({ ...request, scale: 2_000_000 }).isWhole).toBe(true);
  });

  it('is judged by lengths on the ground, not by units of the CRS', () => {
    expect(fitFrame({ ...request, width: 2 * 272_221, height: 2 * 293_856, unitsPerMeter: 2 }).scale).toBe(
      1_100_000,
    );
  });

  it('is no larger than the least denominator, however small it is', () => {
    expect(fitFrame({ ...request, width: 20, height: 20, leastDenominator: 500 }).scale).toBe(500);
  });

  it('lies flat on a slide and round a mere centre', () => {
    expect(fitFrame({ ...request, template: 'slide', paper: 'slide' }).layout.orientation).toBe('landscape');
    expect(fitFrame({ ...request, width: 0, height: 0, scale: 5_000 }).layout).toEqual(
      layoutFor('city', 'A3', 'landscape'),
    );
  });
});
