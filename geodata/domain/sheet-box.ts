/** Rectangles on paper and how they are shared out. Pure; millimetres from the top left corner, y downwards. */

export type SheetBox = { x: number; y: number; width: number; height: number };

/** A length in mm, or a share of what the fixed lengths and gaps leave. */
export type Part = number | { share: number };

/** Keeps sums of tenths free of binary dust: boxes are compared and printed. */
function tidy(mm: number): number {
  return Math.round(mm * 1000) / 1000;
}

function split(start: number, length: number, gap: number, parts: readonly Part[]): [number, number][] {
  const fixed = parts.reduce((sum: number, part) => sum + (typeof part === 'number' ? part : 0), 0);
  const shares = parts.reduce((sum: number, part) => sum + (typeof part === 'number' ? 0 : part.share), 0);
  const free = Math.max(0, length - fixed - gap * (parts.length - 1));
  let at = start;
  return parts.map((part) => {
    const size = typeof part === 'number' ? part : (free * part.share) / shares;
    const placed: [number, number] = [tidy(at), tidy(size)];
    at += size + gap;
    return placed;
  });
}

/** The box cut into rows from above to below, `gap` mm apart. */
export function rowsOf(box: SheetBox, gap: number, parts: readonly Part[]): SheetBox[] {
  return split(box.y, box.height, gap, parts).map(([y, height]) => ({
    x: box.x,
    y,
    width: box.width,
    height,
  }));
}

/** The box cut into columns from left to right, `gap` mm apart. */
export function columnsOf(box: SheetBox, gap: number, parts: readonly Part[]): SheetBox[] {
  return split(box.x, box.width, gap, parts).map(([x, width]) => ({
    x,
    y: box.y,
    width,
    height: box.height,
  }));
}

/** The box less `mm` on every side. */
export function shrunk(box: SheetBox, mm: number): SheetBox {
  return {
    x: tidy(box.x + mm),
    y: tidy(box.y + mm),
    width: tidy(box.width - 2 * mm),
    height: tidy(box.height - 2 * mm),
  };
}

/** Whether two boxes share more than an edge (a thousandth of a millimetre is no overlap). */
export function overlap(a: SheetBox, b: SheetBox): boolean {
  const least = 0.001;
  return (
    a.x + a.width > b.x + least &&
    b.x + b.width > a.x + least &&
    a.y + a.height > b.y + least &&
    b.y + b.height > a.y + least
  );
}
