/** Round scales worth choosing from for a sheet that is planned at one. Pure. */
import { roundScales } from '../../../geodata/domain/sheet-paper.ts';

/** How many times larger or smaller than the planned scale is still of use. */
const REACH = 10;
const WIDEST = { from: 500, to: 5_000_000 };

/** Denominators from the larger scale to the smaller; the chosen one among them. */
export function scaleChoices(planned: number | null, chosen: number | null): number[] {
  const middle = planned ?? chosen;
  const rounds =
    middle === null ? roundScales(WIDEST.from, WIDEST.to) : roundScales(middle / REACH, middle * REACH);
  if (chosen === null || rounds.includes(chosen)) return rounds;
  return [...rounds, chosen].sort((a, b) => a - b);
}
