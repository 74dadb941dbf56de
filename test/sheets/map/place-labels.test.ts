import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelText } from '../../../server/sheets/map/label-box.ts';
import { alongLines, besidePoint } from '../../../server/sheets/map/label-candidates.ts';
import { boxesMeet, isBoxWithin, segmentMeetsBox } from '../../../server/sheets/map/paper-geometry.ts';
import { type LabelRequest, type PlacedLabel, placeLabels } from '../../../server/sheets/map/place-labels.ts';
import type { Box } from '../../../server/sheets/page.ts';
import { textWidthMm } from '../../../server/sheets/text/measure-text.ts';

const frame: Box = { x: 29, y: 36, width: 277, height: 235 };
const font = { sizePt: 7.5, weight: 'regular', color: '#1F2933' } as const;
const RADIUS = 1.7;

type Point = { x: number; y: number; name: string };

function requestsOf(points: readonly Point[]): LabelRequest[] {
  return points.map(({ x, y, name }, index): LabelRequest => {
    const label = labelText(name, font, 30, textWidthMm);
    return {
      owner: `site/${index}`,
      layerId: 'mine_sites',
      priority: 2,
      label,
      overSymbols: false,
      candidates: () => besidePoint(x, y, RADIUS, label),
    };
  });
}

function symbolsOf(points: readonly Point[]): { owner: string; box: Box }[] {
  return points.map(({ x, y }, index) => ({
    owner: `site/${index}`,
    box: { x: x - RADIUS, y: y - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS },
  }));
}

function boxesOf(placed: readonly PlacedLabel[]): Box[] {
  return placed.flatMap(({ candidate }) => candidate.boxes);
}

/** What stands where it may not, in words; counted here, as expecting each pair would take seconds. */
function faultsOf(
  placed: readonly PlacedLabel[],
  points: readonly Point[],
  reserved: readonly Box[],
): string[] {
  const boxes = boxesOf(placed);
  const symbols = symbolsOf(points).map(({ box }) => box);
  const faults: string[] = [];
  boxes.forEach((box, index) => {
    if (!isBoxWithin(box, frame)) faults.push(`${index} leaves the frame`);
    if (boxes.some((other, at) => at > index && boxesMeet(box, other))) faults.push(`${index} meets a label`);
    if (symbols.some((symbol) => boxesMeet(box, symbol))) faults.push(`${index} meets a symbol`);
    if (reserved.some((other) => boxesMeet(box, other))) faults.push(`${index} meets furniture`);
  });
  for (const { candidate, request } of placed) {
    const { leader } = candidate;
    if (leader === undefined) continue;
    if (Math.hypot(leader[2] - leader[0], leader[3] - leader[1]) > 14)
      faults.push(`${request.owner}: long leader`);
    const crossed = placed.some(
      (other) =>
        other.request !== request && other.candidate.boxes.some((box) => segmentMeetsBox(...leader, box)),
    );
    if (crossed) faults.push(`${request.owner}: leader crosses a label`);
  }
  return faults;
}

const names = ['竹坳萤石矿', '枫树洞花岗岩采石场', '猴背砖厂取土场', '狮形垇砖瓦窑', 'Xinkeng Quarry'];
const pointsIn = (least: number, most: number) =>
  fc.array(
    fc.record({
      x: fc.double({ min: 30, max: 305, noNaN: true }),
      y: fc.double({ min: 37, max: 270, noNaN: true }),
      name: fc.constantFrom(...names),
    }),
    { minLength: least, maxLength: most },
  );

/** The same crowd each time: 535 points, many of them in three valleys. */
function crowd(count: number): Point[] {
  let state = 7;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: count }, (_, index) => {
    const near = index % 3 !== 0;
    const [x, y] = [60 + 80 * (index % 4 === 3 ? 2 : index % 4), 80 + 60 * (index % 3)];
    return {
      x: near ? x + (random() - 0.5) * 60 : 30 + random() * 270,
      y: near ? y + (random() - 0.5) * 60 : 37 + random() * 230,
      name: names[index % names.length] ?? '',
    };
  });
}

describe('labels', () => {
  const reserved: Box[] = [{ x: 290, y: 39, width: 12, height: 23 }];

  it('never overlap one another, a symbol or furniture, and lie whole in the frame', () => {
    fc.assert(
      fc.property(pointsIn(1, 60), (points) => {
        const { placed, leftOut } = placeLabels(requestsOf(points), {
          frame,
          reserved,
          symbols: symbolsOf(points),
        });
        expect(placed.length + (leftOut.get('mine_sites') ?? 0)).toBe(points.length);
        expect(faultsOf(placed, points, reserved)).toEqual([]);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('of 535 crowded sites do not overlap, and those without a place are counted', () => {
    const points = crowd(535);
    const { placed, leftOut } = placeLabels(requestsOf(points), {
      frame,
      reserved,
      symbols: symbolsOf(points),
    });
    expect(faultsOf(placed, points, reserved)).toEqual([]);
    expect(placed.length).toBeGreaterThan(150);
    expect(placed.length + (leftOut.get('mine_sites') ?? 0)).toBe(535);
    expect(placed.some(({ candidate }) => candidate.leader !== undefined)).toBe(true);
  });

  it('stand to the right of a lone symbol', () => {
    const [placed] = placeLabels(requestsOf([{ x: 100, y: 100, name: '虎寨萤石矿' }]), {
      frame,
      reserved: [],
      symbols: [],
    }).placed;
    expect(placed?.candidate.y).toBe(100);
    expect(placed?.candidate.boxes[0]?.x).toBeGreaterThanOrEqual(100 + RADIUS);
  });

  it('of the more important come first, whatever the order of asking', () => {
    const label = labelText('兴国县', font, 30, textWidthMm);
    const at = (priority: number): LabelRequest => ({
      owner: String(priority),
      layerId: `layer${priority}`,
      priority,
      label,
      overSymbols: false,
      candidates: () => [{ x: 100, y: 100, degrees: 0, boxes: [{ x: 90, y: 98, width: 20, height: 4 }] }],
    });
    const { placed, leftOut } = placeLabels([at(5), at(1)], { frame, reserved: [], symbols: [] });
    expect(placed.map(({ request }) => request.layerId)).toEqual(['layer1']);
    expect([...leftOut]).toEqual([['layer5', 1]]);
  });

  it('are as many lines as their width asks for, none of them torn inside a word', () => {
    expect(labelText('江西翠微峰国家森林公园', font, 18, textWidthMm).lines).toEqual([
      '江西翠微峰',
      '国家森林公园',
    ]);
    expect(labelText('虎寨萤石矿', font, 30, textWidthMm).lines).toEqual(['虎寨萤石矿']);
    expect(
      labelText('Xingguo Lianjiang National Wetland Park', font, 30, textWidthMm).lines.length,
    ).toBeGreaterThan(1);
  });

  it('along a line are turned with it, upright, and clear of it', () => {
    const label = labelText('平江', font, 30, textWidthMm);
    const [first] = alongLines([[200, 100, 100, 150]], label);
    expect(first?.degrees).toBeCloseTo(-26.57, 1);
    const off = Math.abs((first?.x ?? 0) * 50 + (first?.y ?? 0) * 100 - 20_000) / Math.hypot(50, 100);
    expect(off).toBeGreaterThan(label.height / 2);
  });
});
