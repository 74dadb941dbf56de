/**
 * Shapes that stand on a page many times (symbols of sites): runs of path marks at one place, told once by what they
 * draw. SVG and PDF define each once and place it. Pure.
 */
import type { Mark, PathMark, Placement } from '../page.ts';

export type PlacedMark = PathMark & { at: Placement };
/** A mark, or consecutive path marks at the same place. */
export type Drawing =
  | Exclude<Mark, PathMark>
  | PathMark
  | { kind: 'symbol'; marks: PlacedMark[]; at: Placement; key: string };

/** The marks with their runs at one place gathered, in order. */
export function gatherSymbols(marks: readonly Mark[]): Drawing[] {
  const drawings: Drawing[] = [];
  let run: PlacedMark[] = [];
  const close = () => {
    const [first] = run;
    if (first !== undefined) drawings.push({ kind: 'symbol', marks: run, at: first.at, key: keyOf(run) });
    run = [];
  };
  for (const mark of marks) {
    if (mark.kind === 'path' && mark.at !== undefined) {
      const [first] = run;
      if (first !== undefined && !isSamePlace(first.at, mark.at)) close();
      run.push({ ...mark, at: mark.at });
    } else {
      close();
      drawings.push(mark);
    }
  }
  close();
  return drawings;
}

/** How often each symbol stands on the page, by key, in the order of first use. */
export function countSymbols(
  marks: readonly Mark[],
  counts = new Map<string, number>(),
): Map<string, number> {
  for (const drawing of gatherSymbols(marks)) {
    if (drawing.kind === 'symbol') counts.set(drawing.key, (counts.get(drawing.key) ?? 0) + 1);
    if (drawing.kind === 'clip' || drawing.kind === 'group') countSymbols(drawing.marks, counts);
  }
  return counts;
}

function isSamePlace(one: Placement, other: Placement): boolean {
  return (
    one === other ||
    (one.x === other.x &&
      one.y === other.y &&
      one.scale === other.scale &&
      (one.degrees ?? 0) === (other.degrees ?? 0))
  );
}

function keyOf(run: readonly PlacedMark[]): string {
  return run.map(({ d, fill, stroke }) => JSON.stringify([d, fill, stroke])).join();
}
