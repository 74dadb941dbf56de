import { describe, expect, it } from 'vitest';
import { gaussKrugerForward } from '../../../geodata/domain/gauss-kruger.ts';
import { graticuleMarks } from '../../../server/sheets/map/graticule-marks.ts';
import type { Mark, TextMark } from '../../../server/sheets/page.ts';
import type { SheetPlan } from '../../../server/sheets/sheet-content.ts';
import { textWidthMm } from '../../../server/sheets/text/measure-text.ts';
import { type ContentOrder, mapContent } from './map-content.ts';

function planOf(
  order: Partial<ContentOrder> & { graticule?: 'degrees' | 'kilometres' | 'both' | 'none' } = {},
): SheetPlan {
  const { graticule, ...rest } = order;
  return mapContent({
    spec: {
      template: 'county',
      area: { kind: 'center', center: [115.42, 26.42] },
      scale: 350_000,
      graticule: graticule ?? 'degrees',
    },
    center: [115.42, 26.42],
    scale: 350_000,
    layers: [],
    ...rest,
  }).plan;
}

const textsOf = (marks: readonly Mark[]): TextMark[] => marks.filter((mark) => mark.kind === 'text');
const degreesOf = (text: string): number => {
  const [degrees = 0, minutes = 0, seconds = 0] = text.split(/[°′″]/).map(Number);
  return degrees + minutes / 60 + seconds / 3600;
};
const runsOf = (marks: readonly Mark[]): number[][] =>
  marks
    .flatMap((mark) => (mark.kind === 'path' ? mark.d.split(/(?=M)/) : []))
    .map((part) => (part.match(/-?[\d.]+/g) ?? []).map(Number));

describe('the graticule', () => {
  it.each([
    [4547, 350_000, 114, 500_000],
    [4526, 350_000, 114, 38_500_000],
    [4548, 150_000, 117, 500_000],
    [4547, 20_000, 114, 500_000],
  ])('in EPSG:%i at 1:%i has its ticks within 0.2 mm of the meridians and parallels', (srid, scale, meridian, falseEasting) => {
    const plan = planOf({ srid, scale });
    const { border } = graticuleMarks(plan);
    const { frame, minX, maxY, metersPerMm } = plan.map;
    const ticks = runsOf(border);
    const texts = textsOf(border);
    const onTop = texts.filter(({ y }) => y < frame.y);
    const onLeft = texts.filter(({ x }) => x < frame.x);
    expect(onTop.length).toBeGreaterThanOrEqual(3);
    expect(onTop.length).toBeLessThanOrEqual(9);
    for (const label of onTop) {
      const [x = 0, y = 0] =
        ticks.find(([tx = 0, ty]) => ty === frame.y && Math.abs(tx - label.x) < 0.05) ?? [];
      // The meridian at the top of the frame: its own latitude is found by halving.
      let [low, high] = [20, 32];
      for (let step = 0; step < 60; step += 1) {
        const middle = (low + high) / 2;
        if (gaussKrugerForward([degreesOf(label.text), middle], meridian)[1] > maxY) high = middle;
        else low = middle;
      }
      const [east] = gaussKrugerForward([degreesOf(label.text), low], meridian);
      expect(Math.abs(frame.x + (east + falseEasting - minX) / metersPerMm - x)).toBeLessThan(0.2);
      expect(y).toBe(frame.y);
    }
    expect(onLeft.length).toBeGreaterThanOrEqual(2);
    for (const label of onLeft) {
      const [, y = 0] = ticks.find(([tx, ty = 0]) => tx === frame.x && Math.abs(ty - label.y) < 0.05) ?? [];
      let [low, high] = [110, 120];
      for (let step = 0; step < 60; step += 1) {
        const middle = (low + high) / 2;
        if (gaussKrugerForward([middle, degreesOf(label.text)], meridian)[0] + falseEasting > minX)
          high = middle;
        else low = middle;
      }
      const [, north] = gaussKrugerForward([low, degreesOf(label.text)], meridian);
      expect(Math.abs(frame.y + (maxY - north) / metersPerMm - y)).toBeLessThan(0.2);
    }
  });

  it('has crosses where meridian and parallel meet', () => {
    const plan = planOf();
    const { frame, minX, maxY, metersPerMm } = plan.map;
    const [east, north] = gaussKrugerForward([115 + 20 / 60, 26 + 20 / 60], 114);
    const [x, y] = [frame.x + (500_000 + east - minX) / metersPerMm, frame.y + (maxY - north) / metersPerMm];
    const middles = runsOf(graticuleMarks(plan).inFrame).map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => [
      (x1 + x2) / 2,
      (y1 + y2) / 2,
    ]);
    expect(middles.filter(([mx = 0, my = 0]) => Math.hypot(mx - x, my - y) < 0.02).length).toBe(2);
  });

  it('has its figures whole within the border', () => {
    const plan = planOf({ graticule: 'both' });
    const { outerFrame, frame } = plan.layout;
    for (const { text, x, y, sizePt, degrees } of textsOf(graticuleMarks(plan).border)) {
      const half = textWidthMm(text, sizePt, 'regular') / 2;
      if (degrees === undefined) {
        expect(x - half).toBeGreaterThanOrEqual(frame.x);
        expect(x + half).toBeLessThanOrEqual(frame.x + frame.width);
        expect(y > frame.y).toBe(y > frame.y + frame.height);
        expect(y).toBeGreaterThan(outerFrame.y);
        expect(y).toBeLessThan(outerFrame.y + outerFrame.height);
      } else {
        expect(y - half).toBeGreaterThanOrEqual(frame.y);
        expect(y + half).toBeLessThanOrEqual(frame.y + frame.height);
      }
    }
  });

  it('of kilometres stands at whole kilometres of the sheet and names north, east and zone', () => {
    const plan = planOf({ graticule: 'kilometres', scale: 100_000 });
    const { inFrame, border } = graticuleMarks(plan);
    const { frame, minX, metersPerMm } = plan.map;
    const upright = runsOf(inFrame).filter(([x1, , x2]) => x1 === x2);
    expect(upright.length).toBeGreaterThanOrEqual(3);
    const easts = upright.map(([x = 0]) => (minX + (x - frame.x) * metersPerMm) / 1000);
    for (const east of easts) expect(Math.abs(east - Math.round(east))).toBeLessThan(0.002);
    const texts = textsOf(border).map(({ text }) => text);
    expect(texts.some((text) => /^Y \d+ km\(38带\)$/.test(text))).toBe(true);
    expect(texts.some((text) => /^X \d+ km$/.test(text))).toBe(true);
  });

  it('of kilometres is left out with a warning where the CRS has no plane metres', () => {
    const plan = planOf({ graticule: 'kilometres', srid: 3857 });
    const { inFrame, notices } = graticuleMarks(plan);
    expect(inFrame).toEqual([]);
    expect(notices.map(({ id, severity }) => [id, severity])).toEqual([['grid-left-out', 'warning']]);
  });

  it('of a system that only the database knows is left out with a warning', () => {
    const plan = planOf();
    const { border, notices } = graticuleMarks({ ...plan, map: { ...plan.map, srid: 32_650 } });
    expect(border).toEqual([]);
    expect(notices.map(({ id }) => id)).toEqual(['graticule-left-out']);
  });

  it('is none where the spec says so, or the map has no border', () => {
    expect(graticuleMarks(planOf({ graticule: 'none' })).border).toEqual([]);
    const plan = planOf();
    const bare = graticuleMarks({ ...plan, layout: { ...plan.layout, outerFrame: plan.layout.frame } });
    expect([bare.inFrame, bare.border]).toEqual([[], []]);
  });
});
