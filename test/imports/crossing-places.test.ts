import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { crossingPlaces } from '../../server/imports/crossing-places.ts';

const bowTie = (lng: number): Position[] => [
  [lng, 25],
  [lng + 0.02, 25.02],
  [lng + 0.02, 25],
  [lng, 25.02],
  [lng, 25],
];

describe('crossingPlaces', () => {
  it('names every place of every polygon once', () => {
    const places = crossingPlaces({ type: 'MultiPolygon', coordinates: [[bowTie(115)], [bowTie(116)]] });
    expect(places.map((place) => place.map((value) => Number(value.toFixed(6))))).toEqual([
      [115.01, 25.01],
      [116.01, 25.01],
    ]);
  });

  it('finds none where rings only touch', () => {
    const square = [
      [115, 25],
      [115.1, 25],
      [115.1, 25.1],
      [115, 25.1],
      [115, 25],
    ];
    const touching = [
      [115, 25],
      [115.05, 25.02],
      [115.02, 25.05],
      [115, 25],
    ];
    expect(crossingPlaces({ type: 'MultiPolygon', coordinates: [[square, touching]] })).toEqual([]);
  });
});
