/**
 * For pictures only: a map clipped to its frame costs resvg a second picture as large as the page. Drawn unclipped, with
 * the paper laid over what stands out, the picture is the same. Pure.
 */
import type { Box, Mark, Page, PathMark } from '../page.ts';
import { readPath } from './path-data.ts';
import { rounded } from './rounded.ts';

/**
 * The page with its first clip solved that way; as it was where it has none, where that is no upright rectangle, or where
 * something other than plain opaque rectangles lies below it.
 */
export function coverInsteadOfClip(page: Page): Page {
  const marks = ungrouped(page.marks);
  const at = marks.findIndex(({ kind }) => kind === 'clip');
  const clip = marks[at];
  if (clip?.kind !== 'clip') return page;
  const [frame, ...others] = boxesOf(clip.d) ?? [];
  if (frame === undefined || others.length > 0) return page;
  // The picture's own white paper, whether or not the page has one.
  const paper = { x: 0, y: 0, width: page.widthMm, height: page.heightMm };
  const below: Mark[] = [
    { kind: 'path', d: boxPath(paper), fill: { color: '#FFFFFF' } },
    ...marks.slice(0, at),
  ];
  const covers = below.map((mark) => outside(mark, frame));
  if (covers.some((cover) => cover === null)) return page;
  return {
    ...page,
    marks: [...below, ...clip.marks, ...covers.filter((cover) => cover !== null), ...marks.slice(at + 1)],
  };
}

/** Groups are names alone: a picture has none. */
function ungrouped(marks: readonly Mark[]): Mark[] {
  return marks.flatMap((mark) => (mark.kind === 'group' ? ungrouped(mark.marks) : [mark]));
}

/** The same fill where it lies outside the frame; null where that is not known. */
function outside(mark: Mark, frame: Box): PathMark | null {
  if (mark.kind !== 'path' || mark.stroke !== undefined || mark.at !== undefined) return null;
  if (mark.fill === undefined || (mark.fill.opacity ?? 1) !== 1) return null;
  const boxes = boxesOf(mark.d);
  if (boxes === null) return null;
  const around = boxes.filter((box) => contains(box, frame));
  if (boxes.some((box) => !around.includes(box) && !isApart(box, frame))) return null;
  return around.length % 2 === 0 ? mark : { ...mark, d: `${mark.d}${boxPath(frame)}` };
}

/** Upright rectangles of which the path consists; null where it is anything else. */
function boxesOf(d: string): Box[] | null {
  const rings: [number, number][][] = [];
  let isStraight = true;
  readPath(d, {
    moveTo: (x, y) => rings.push([[x, y]]),
    lineTo: (x, y) => rings.at(-1)?.push([x, y]),
    curveTo: () => {
      isStraight = false;
    },
    close: () => {},
  });
  const boxes = rings.map(boxOf);
  return isStraight && boxes.every((box) => box !== null) ? boxes : null;
}

function boxOf(ring: [number, number][]): Box | null {
  const [first, second, third, fourth, fifth] = ring;
  if (!first || !second || !third || !fourth || ring.length > 5) return null;
  if (fifth !== undefined && (fifth[0] !== first[0] || fifth[1] !== first[1])) return null;
  const corners = [first, second, third, fourth] as const;
  const isUpright = corners.every(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % 4] ?? first;
    return (x === nextX) !== (y === nextY);
  });
  if (!isUpright || first[0] === third[0] || first[1] === third[1]) return null;
  const [x, y] = [Math.min(first[0], third[0]), Math.min(first[1], third[1])];
  return { x, y, width: Math.max(first[0], third[0]) - x, height: Math.max(first[1], third[1]) - y };
}

const nearMm = 1e-6;

function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x + nearMm &&
    outer.y <= inner.y + nearMm &&
    outer.x + outer.width >= inner.x + inner.width - nearMm &&
    outer.y + outer.height >= inner.y + inner.height - nearMm
  );
}

function isApart(one: Box, other: Box): boolean {
  return (
    one.x >= other.x + other.width - nearMm ||
    other.x >= one.x + one.width - nearMm ||
    one.y >= other.y + other.height - nearMm ||
    other.y >= one.y + one.height - nearMm
  );
}

function boxPath({ x, y, width, height }: Box): string {
  return `M${rounded(x)} ${rounded(y)}H${rounded(x + width)}V${rounded(y + height)}H${rounded(x)}Z`;
}
