/** Paper a sheet is made for, and the round scales it may have. Pure; millimetres throughout. */

/** `slide`: 16:9, 13.333 × 7.5 in. Short side first (ISO 216). */
const papers = {
  A4: [210, 297],
  A3: [297, 420],
  A2: [420, 594],
  A1: [594, 841],
  A0: [841, 1189],
  slide: [190.5, 338.67],
} as const satisfies Record<string, readonly [number, number]>;

export type PaperId = keyof typeof papers;
export const paperIds = Object.keys(papers) as [PaperId, ...PaperId[]];
export const orientations = ['portrait', 'landscape'] as const;
export type Orientation = (typeof orientations)[number];

/** Width and height of a sheet as it is looked at. */
export function paperSizeMm(paper: PaperId, orientation: Orientation): { widthMm: number; heightMm: number } {
  const [short, long] = papers[paper];
  return orientation === 'portrait' ? { widthMm: short, heightMm: long } : { widthMm: long, heightMm: short };
}

/** Leading figures of round denominators, as office maps have them. */
const roundSteps = [1, 1.1, 1.2, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7.5, 8, 9];

/** Denominators a sheet may have: 1:100 to 1:50 000 000. */
export const scaleBounds = { least: 100, most: 50_000_000 } as const;

/** The smallest round denominator that is not below the given one (so that what must fit, fits), within the bounds. */
export function roundScale(denominator: number): number {
  if (!(denominator > scaleBounds.least)) return scaleBounds.least;
  const magnitude = 10 ** Math.floor(Math.log10(denominator));
  const step = roundSteps.find((candidate) => candidate * magnitude >= denominator * (1 - 1e-9));
  return Math.min(Math.round((step ?? 10) * magnitude), scaleBounds.most);
}

/** Round denominators from the larger scale to the smaller, for a list to choose from. */
export function roundScales(from = 500, to = 5_000_000): number[] {
  const scales: number[] = [];
  for (let scale = roundScale(from); scale <= to; scale = roundScale(scale + 1)) scales.push(scale);
  return scales;
}
