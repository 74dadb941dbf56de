import { describe, expect, it } from 'vitest';
import { hatchImageId, parseImageId, symbolImageId } from '../../../client/map/image-id.ts';
import { symbolKinds } from '../../../geodata/catalogue/layer-definition.ts';
import { hatchTile, symbolShapes } from '../../../geodata/domain/symbol-shapes.ts';

const COLOR = '#123456';

describe('symbols', () => {
  it('tell every kind apart by shape alone, so that they hold in grey', () => {
    const shapes = symbolKinds.map((kind) => JSON.stringify(symbolShapes({ kind, color: '#FFFFFF' })));
    expect(new Set(shapes).size).toBe(symbolKinds.length);
  });

  it.each(symbolKinds)('%s has a white halo below and an ink outline', (kind) => {
    const shapes = symbolShapes({ kind, color: COLOR });
    expect(shapes[0]?.fill ?? shapes[0]?.stroke).toBe('#FFFFFF');
    expect(shapes.some(({ stroke }) => stroke === '#1F2933')).toBe(true);
  });

  it.each(symbolKinds.filter((kind) => kind !== 'ring-empty'))('%s shows its colour', (kind) => {
    expect(JSON.stringify(symbolShapes({ kind, color: COLOR }))).toContain(COLOR);
  });

  it.each(symbolKinds)('%s is found again by the name of its picture', (kind) => {
    const symbol = { kind, color: COLOR };
    expect(parseImageId(symbolImageId(symbol, 14))).toEqual({ type: 'symbol', symbol, sizePx: 14 });
  });
});

describe('hatches', () => {
  it.each(['diagonal', 'cross', 'wave'] as const)('%s is found again by the name of its picture', (kind) => {
    const hatch = { kind, color: COLOR, spacingPx: 8, widthPx: 1.5 };
    expect(parseImageId(hatchImageId(hatch))).toEqual({ type: 'hatch', hatch });
  });

  it('repeat in whole pixels, with lines the wanted distance apart', () => {
    const { sizePx } = hatchTile({ kind: 'diagonal', color: COLOR, spacingPx: 8, widthPx: 1 });
    expect(Number.isInteger(sizePx)).toBe(true);
    expect(sizePx / Math.SQRT2).toBeCloseTo(8, 0);
  });
});

describe('a picture of nobody', () => {
  it.each([
    '',
    'symbol/ring-half',
    'symbol/star/#123456/12',
    'hatch/dots/#123456/8/1',
    'symbol/ring-half/#123456/x',
  ])('is %s', (id) => {
    expect(parseImageId(id)).toBeNull();
  });
});
