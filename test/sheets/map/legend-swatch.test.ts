import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../geodata/catalogue/index.ts';
import { drawCases } from '../../../geodata/domain/draw-cases.ts';
import { legendSwatch } from '../../../server/sheets/map/legend-swatch.ts';
import type { Mark, PathMark } from '../../../server/sheets/page.ts';

const box = { x: 20, y: 50, width: 8, height: 4 };
const pathsOf = (marks: readonly Mark[]): PathMark[] => marks.filter((mark) => mark.kind === 'path');
const colorsOf = (marks: readonly Mark[]): Set<string> =>
  new Set(
    pathsOf(marks).flatMap(({ fill, stroke }) => [fill, stroke].flatMap((paint) => paint?.color ?? [])),
  );

describe('the swatch of a legend', () => {
  it.each(
    catalogue.map((definition) => [definition.id, definition] as const),
  )('of %s has the colours of its definition', (_id, definition) => {
    for (const { draw } of drawCases(definition)) {
      const form = definition.table.geometryType === 'MultiLineString' ? 'line' : 'area';
      const colors = colorsOf(legendSwatch(draw, form, box));
      if (form === 'area' && draw.fill) expect(colors).toContain(draw.fill.color);
      if (form === 'area' && draw.hatch) expect(colors).toContain(draw.hatch.color);
      if (draw.stroke) expect(colors).toContain(draw.stroke.color);
      if (draw.symbol) expect(colorsOf(legendSwatch(draw, 'symbol', box))).toContain(draw.symbol.color);
    }
  });

  it('lies within its box', () => {
    for (const definition of catalogue) {
      for (const { draw } of drawCases(definition)) {
        for (const form of ['area', 'band', 'line'] as const) {
          for (const { d } of pathsOf(legendSwatch(draw, form, box))) {
            const numbers = (d.match(/-?[\d.]+/g) ?? []).map(Number);
            numbers.forEach((value, index) => {
              const [from, size] = index % 2 === 0 ? [box.x, box.width] : [box.y, box.height];
              expect(value).toBeGreaterThanOrEqual(from - 0.011);
              expect(value).toBeLessThanOrEqual(from + size + 0.011);
            });
          }
        }
      }
    }
  });

  it('has a symbol as large as on the map where there is room, and none where the drawing has none', () => {
    const symbol = { kind: 'ring-half', color: '#EE9F27' } as const;
    const [mark] = pathsOf(legendSwatch({ symbol }, 'symbol', { ...box, height: 6 }, { line: 1, size: 1 }));
    expect((mark?.at?.scale ?? 0) * 24).toBeCloseTo(3.4, 6);
    expect(legendSwatch({}, 'symbol', box)).toEqual([]);
  });

  it('has the widths of the map: thinner where the map thins its lines', () => {
    const stroke = { color: '#C8102E', widthPx: 1.3, widthMm: 0.35 };
    const widthAt = (line: number) =>
      pathsOf(legendSwatch({ stroke }, 'line', box, { line, size: 1 }))[0]?.stroke?.widthMm;
    expect(widthAt(1)).toBe(0.35);
    expect(widthAt(0.6)).toBe(0.21);
  });
});
