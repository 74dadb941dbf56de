import { describe, expect, it } from 'vitest';
import { sheetTemplateIds } from '../../../geodata/contract/sheets.ts';
import { overlap } from '../../../geodata/domain/sheet-box.ts';
import { layoutFor, type SheetLayout } from '../../../geodata/domain/sheet-layout.ts';
import { orientations, paperIds } from '../../../geodata/domain/sheet-paper.ts';

const all = sheetTemplateIds.flatMap((template) =>
  paperIds.flatMap((paper) =>
    orientations.map((orientation) => ({
      template,
      paper,
      orientation,
      layout: layoutFor(template, paper, orientation),
    })),
  ),
);

function boxesOf({ outerFrame, parts }: SheetLayout) {
  return [{ id: 'map', box: outerFrame }, ...Object.entries(parts).map(([id, box]) => ({ id, box }))];
}

describe('layouts of sheets', () => {
  it('let no two boxes overlap, on any paper', () => {
    const meeting = all.flatMap(({ template, paper, orientation, layout }) => {
      const boxes = boxesOf(layout);
      return boxes.flatMap((a, index) =>
        boxes
          .slice(index + 1)
          .filter((b) => overlap(a.box, b.box))
          .map((b) => `${template} ${paper} ${orientation}: ${a.id} meets ${b.id}`),
      );
    });
    expect(meeting).toEqual([]);
  });

  it('keep every box on the paper and large enough to hold something', () => {
    const wrong = all.flatMap(({ template, paper, orientation, layout }) =>
      boxesOf(layout)
        .filter(
          ({ box }) =>
            box.x < 4 ||
            box.y < 4 ||
            box.x + box.width > layout.widthMm - 4 ||
            box.y + box.height > layout.heightMm - 4 ||
            box.width < 20 ||
            box.height < 4,
        )
        .map(({ id, box }) => `${template} ${paper} ${orientation}: ${id} ${JSON.stringify(box)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('draw the map within its outer line, and give it the largest part of the paper', () => {
    for (const { template, layout } of all) {
      const { frame, outerFrame, widthMm, heightMm } = layout;
      expect(frame.x).toBeGreaterThanOrEqual(outerFrame.x);
      expect(frame.x + frame.width).toBeLessThanOrEqual(outerFrame.x + outerFrame.width + 0.001);
      expect(frame.y + frame.height).toBeLessThanOrEqual(outerFrame.y + outerFrame.height + 0.001);
      const share = (frame.width * frame.height) / (widthMm * heightMm);
      expect(share).toBeGreaterThan({ site: 0.15, slide: 0.2 }[template as string] ?? 0.35);
    }
  });

  it('lay an A3 sheet out as drawn: left edge 25 mm, map 25–310 × 32–275 mm, column 314–410 mm', () => {
    const { outerFrame, parts, sizeFactor } = layoutFor('county', 'A3', 'landscape');
    expect(outerFrame).toEqual({ x: 25, y: 32, width: 285, height: 243 });
    expect(parts.legend).toMatchObject({ x: 314, width: 96 });
    expect(sizeFactor).toBe(1);
  });

  it.each([
    ['A3', 1_100_000],
    ['A4', 1_500_000],
  ] as const)('show the whole prefecture on %s upright at 1:%i with two hundredths to spare', (paper, scale) => {
    const { frame } = layoutFor('city', paper, 'portrait');
    expect(frame.width * 0.98 * scale).toBeGreaterThanOrEqual(274_000 * 1000);
    expect(frame.height * 0.98 * scale).toBeGreaterThanOrEqual(294_000 * 1000);
  });

  it('let text grow with the paper, but less than it', () => {
    const factors = (['A4', 'A3', 'A2', 'A1', 'A0'] as const).map(
      (paper) => layoutFor('wall', paper, 'landscape').sizeFactor,
    );
    expect(factors).toEqual([...factors].sort((a, b) => a - b));
    expect(factors.at(-1)).toBeLessThan(841 / 297);
    expect(factors.at(-1)).toBeGreaterThan(1.8);
  });

  it('have room for a check line of 100 mm wherever there is one', () => {
    for (const { layout } of all) {
      if (layout.parts.checkLine !== undefined) expect(layout.parts.checkLine.width).toBeGreaterThan(100);
    }
  });
});
