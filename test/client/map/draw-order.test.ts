import { describe, expect, it } from 'vitest';
import { drawOrder } from '../../../client/map/draw-order.ts';

const layers = [
  { id: 'counties', drawOrder: 10 },
  { id: 'rivers', drawOrder: 20 },
  { id: 'parks', drawOrder: 60 },
  { id: 'sites', drawOrder: 100 },
];

describe('drawOrder', () => {
  it('runs from the highest layer to the ground by default', () => {
    expect(drawOrder(layers, [])).toEqual(['sites', 'parks', 'rivers', 'counties']);
  });

  it('follows the reader', () => {
    expect(drawOrder(layers, ['rivers', 'counties', 'sites', 'parks'])).toEqual([
      'rivers',
      'counties',
      'sites',
      'parks',
    ]);
  });

  it('puts a layer the reader has not placed above the first one that is drawn lower', () => {
    expect(drawOrder(layers, ['rivers', 'sites', 'counties'])).toEqual([
      'parks',
      'rivers',
      'sites',
      'counties',
    ]);
  });

  it('forgets layers that no longer exist and names met twice', () => {
    expect(drawOrder(layers, ['gone', 'parks', 'parks', 'sites', 'rivers', 'counties'])).toEqual([
      'parks',
      'sites',
      'rivers',
      'counties',
    ]);
  });
});
