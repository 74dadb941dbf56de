import { describe, expect, it } from 'vitest';
import {
  addAttentions,
  barShare,
  differenceFromBase,
  placesByCompletion,
  placesOf,
  rateBase,
  type Standing,
  type Unit,
} from '../../../client/panels/context/progress-figures.ts';

function standing(listed: number, completed: number): Standing {
  const of = (count: number) => ({ count, areaSquareMeters: count * 20_000 });
  return {
    listed: of(listed),
    started: of(completed),
    completed: of(completed),
    closed: of(0),
    rectifying: of(0),
    excluded: of(0),
    treated: of(completed),
  };
}

const none = { count: 0, areaSquareMeters: 0 };
const noAttention = {
  returned: none,
  waits_county: none,
  waits_city: none,
  silent: { ...none, steps: [] },
  overdue: { ...none, steps: [] },
};

function unit(code: string, countyAdcode: string | null, listed: number, completed: number): Unit {
  return {
    code,
    countyAdcode,
    name: { zh: code, en: code },
    standing: standing(listed, completed),
    previous: standing(listed, Math.max(0, completed - 1)),
    attention: noAttention,
  };
}

describe('placesOf', () => {
  it('adds the zones of a county to it and names it by the county', () => {
    const [place, ...others] = placesOf([unit('GZJKQ', '360702', 4, 1), unit('360702', '360702', 10, 8)]);
    expect(others).toEqual([]);
    expect(place).toMatchObject({ adcode: '360702', name: { zh: '360702' } });
    expect(place?.standing.listed).toEqual({ count: 14, areaSquareMeters: 280_000 });
    expect(place?.standing.completed.count).toBe(9);
    expect(place?.previous.completed.count).toBe(7);
    expect(place?.units.map(({ code }) => code)).toEqual(['360702', 'GZJKQ']);
  });

  it('keeps units that lie in no county apart', () => {
    expect(placesOf([unit('A', null, 1, 0), unit('B', null, 1, 0)])).toHaveLength(2);
  });
});

describe('what several units need', () => {
  it('is their sum, with steps of the same length together, the longest first', () => {
    const late = (months: number, count: number) => ({
      count,
      areaSquareMeters: count * 10,
      steps: [{ months, count, areaSquareMeters: count * 10 }],
    });
    const sum = addAttentions([
      { ...noAttention, silent: late(1, 2), returned: { count: 1, areaSquareMeters: 5 } },
      { ...noAttention, silent: late(3, 1) },
      { ...noAttention, silent: late(1, 4) },
    ]);
    expect(sum.returned).toEqual({ count: 1, areaSquareMeters: 5 });
    expect(sum.silent).toEqual({
      count: 7,
      areaSquareMeters: 70,
      steps: [
        { months: 3, count: 1, areaSquareMeters: 10 },
        { months: 1, count: 6, areaSquareMeters: 60 },
      ],
    });
  });
});

describe('placesByCompletion', () => {
  it('puts the furthest first and, at equal rates, the one with more sites', () => {
    const units = [
      unit('360728', '360728', 10, 5),
      unit('360729', '360729', 4, 4),
      unit('360730', '360730', 20, 10),
    ];
    expect(placesByCompletion(units).map(({ adcode }) => adcode)).toEqual(['360729', '360730', '360728']);
  });

  it('leaves out a place without sites', () => {
    expect(placesByCompletion([unit('360702', '360702', 0, 0)])).toEqual([]);
  });
});

describe('rates', () => {
  it('are taken of the assigned base, and of the ledger where nothing is assigned', () => {
    const base = { count: 535, areaSquareMeters: 12_620_000 };
    expect(rateBase(base, standing(530, 400))).toBe(base);
    expect(rateBase(null, standing(530, 400)).count).toBe(530);
  });

  it('show what the list lacks of the base, and what it has too much', () => {
    const base = { count: 535, areaSquareMeters: 12_620_000 };
    expect(differenceFromBase(base, standing(530, 0))).toEqual({ count: 5, areaSquareMeters: 2_020_000 });
    expect(differenceFromBase(base, standing(540, 0)).count).toBe(-5);
  });

  it('never make a bar longer than its track or divide by nothing', () => {
    expect(barShare(540, 535)).toBe(1);
    expect(barShare(1, 0)).toBe(0);
    expect(barShare(107, 535)).toBeCloseTo(0.2, 9);
  });
});
