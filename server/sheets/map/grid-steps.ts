/** Round steps of graticules and grids, and how degrees are written. Pure. */

const SECOND = 1 / 3600;
const degreeSteps = [
  ...[1, 2, 5, 10, 15, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes / 60),
  ...[1, 2, 5, 10, 15, 30],
];
const kilometreSteps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];
/** Between two lines, so that their figures stand apart. */
const WANTED_GAP_MM = 42;

/** Step in degrees for a side of so many degrees and millimetres: three to eight lines. */
export function degreeStep(degrees: number, sideMm: number): number {
  return nearestStep(degreeSteps, degrees, sideMm);
}

/** As degreeStep, in kilometres. */
export function kilometreStep(kilometres: number, sideMm: number): number {
  return nearestStep(kilometreSteps, kilometres, sideMm);
}

function nearestStep(steps: readonly number[], span: number, sideMm: number): number {
  const wanted = Math.min(8, Math.max(3.5, sideMm / WANTED_GAP_MM));
  const off = (step: number): number => Math.abs(Math.log(span / step / wanted));
  return steps.reduce((best, step) => (off(step) < off(best) ? step : best), steps[0] ?? 1);
}

/** Whole multiples of the step within [from, to]. */
export function multiplesWithin(step: number, from: number, to: number): number[] {
  const multiples: number[] = [];
  for (let index = Math.ceil(from / step - 1e-9); index <= Math.floor(to / step + 1e-9); index += 1) {
    multiples.push(index * step);
  }
  return multiples;
}

/** 115°08′, with seconds where the step asks for them; the sign of the hemisphere is left to the map. */
export function formatDegrees(degrees: number, step: number): string {
  const seconds = Math.round(Math.abs(degrees) * 3600);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const isFine = Math.round(step * 3600) % 60 !== 0;
  const sign = degrees < 0 ? '−' : '';
  return `${sign}${Math.floor(minutes / 60)}°${pad(minutes % 60)}′${isFine ? `${pad(seconds % 60)}″` : ''}`;
}
