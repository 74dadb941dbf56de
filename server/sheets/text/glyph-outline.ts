/** Outlines of glyphs as path data, drawn once a process: the same for SVG, PNG and the halos of a PDF. */
import type { FontWeight } from '../page.ts';
import { type Contour, readGlyph } from './read-glyph.ts';
import { sheetFont } from './sheet-fonts.ts';

type Step = { letter: 'm' | 'l' | 'q' | 'z'; points: readonly number[] };
type Outlines = Record<FontWeight, Map<number, string>>;

const outlines: Outlines = { regular: new Map(), bold: new Map() };
const simpler: Outlines = { regular: new Map(), bold: new Map() };

/** How far a simpler outline may be from the true one: 0.03 mm on a label, under the line that hides it. */
const toleranceUnits = 12;

/** Path data in thousandths of the size from the pen's place, y downwards, filled by non-zero; '' for a space. */
export function glyphOutline(id: number, weight: FontWeight): string {
  return remembered(outlines, id, weight, () => {
    const contours = readGlyph(sheetFont(weight), id);
    return pathOf(contours === null ? stepsOfFontkit(id, weight) : contours.flatMap(stepsOfContour));
  });
}

/** The outline in straight lines and few of them, for the wide line of a halo below the glyph; '' for a space. */
export function glyphHaloOutline(id: number, weight: FontWeight): string {
  return remembered(simpler, id, weight, () => {
    const contours = readGlyph(sheetFont(weight), id);
    if (contours === null) return glyphOutline(id, weight);
    return pathOf(contours.flatMap((contour) => stepsOfPolygon(simplified(flattened(contour)))));
  });
}

function remembered(cache: Outlines, id: number, weight: FontWeight, draw: () => string): string {
  let outline = cache[weight].get(id);
  if (outline === undefined) {
    outline = draw();
    cache[weight].set(id, outline);
  }
  return outline;
}

/** Off-curve points next to each other have one on the curve half-way between them. */
function stepsOfContour(contour: Contour): Step[] {
  const [first] = contour;
  const last = contour.at(-1);
  if (first === undefined || last === undefined) return [];
  const start = first.isOnCurve ? first : last.isOnCurve ? last : between(first, last);
  const steps: Step[] = [{ letter: 'm', points: [start.x, start.y] }];
  let control: Contour[number] | null = null;
  for (const point of first.isOnCurve ? contour.slice(1) : contour) {
    if (control === null) {
      if (point.isOnCurve) steps.push({ letter: 'l', points: [point.x, point.y] });
      else control = point;
    } else if (point.isOnCurve) {
      steps.push({ letter: 'q', points: [control.x, control.y, point.x, point.y] });
      control = null;
    } else {
      const middle = between(control, point);
      steps.push({ letter: 'q', points: [control.x, control.y, middle.x, middle.y] });
      control = point;
    }
  }
  if (control !== null) steps.push({ letter: 'q', points: [control.x, control.y, start.x, start.y] });
  steps.push({ letter: 'z', points: [] });
  return steps;
}

function between(one: { x: number; y: number }, other: { x: number; y: number }) {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function stepsOfFontkit(id: number, weight: FontWeight): Step[] {
  const letters = { moveTo: 'm', lineTo: 'l', quadraticCurveTo: 'q', closePath: 'z' } as const;
  return sheetFont(weight)
    .face.getGlyph(id)
    .path.commands.map(({ command, args }) => {
      if (command === 'bezierCurveTo') throw new Error(`Glyph ${id} has cubic curves: no TrueType outline.`);
      return { letter: letters[command], points: args };
    });
}

/** Corners of the contour with the middles of its curves. */
function flattened(contour: Contour): [number, number][] {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const { letter, points: told } of stepsOfContour(contour)) {
    const [a = 0, b = 0, c = a, d = b] = told;
    if (letter === 'z') continue;
    if (letter === 'q') points.push([(x + 2 * a + c) / 4, (y + 2 * b + d) / 4]);
    [x, y] = [c, d];
    points.push([x, y]);
  }
  return points;
}

/** Without the points that lie near the line between those kept before and after them. */
function simplified(points: [number, number][]): [number, number][] {
  const kept: [number, number][] = [];
  for (const [index, point] of points.entries()) {
    const before = kept.at(-1);
    const after = points[(index + 1) % points.length] ?? point;
    if (before !== undefined && distanceToLine(point, before, after) < toleranceUnits) continue;
    kept.push(point);
  }
  return kept.length < 3 ? points : kept;
}

function distanceToLine(
  [x, y]: readonly [number, number],
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): number {
  const length = Math.hypot(toX - fromX, toY - fromY);
  if (length === 0) return Math.hypot(x - fromX, y - fromY);
  return Math.abs((toX - fromX) * (fromY - y) - (fromX - x) * (toY - fromY)) / length;
}

function stepsOfPolygon(points: [number, number][]): Step[] {
  const steps = points.map((point, index): Step => ({ letter: index === 0 ? 'm' : 'l', points: point }));
  return [...steps, { letter: 'z', points: [] }];
}

/** Relative whole numbers with no more blanks than needed. */
function pathOf(steps: readonly Step[]): string {
  let d = '';
  let [penX, penY, startX, startY] = [0, 0, 0, 0];
  for (const { letter, points } of steps) {
    d += letter;
    const [fromX, fromY] = [penX, penY];
    for (let index = 0; index < points.length; index += 2) {
      penX = Math.round(points[index] ?? 0);
      penY = Math.round(-(points[index + 1] ?? 0));
      const [x, y] = [penX - fromX, penY - fromY];
      d += `${index > 0 && x >= 0 ? ' ' : ''}${x}${y < 0 ? '' : ' '}${y}`;
    }
    if (letter === 'm') [startX, startY] = [penX, penY];
    if (letter === 'z') [penX, penY] = [startX, startY];
  }
  return d;
}
