/** Areas in words. */

/** m² as 公顷: two decimals, four where two would not be exact. */
export function hectares(squareMeters: number): string {
  const two = (squareMeters / 10_000).toFixed(2);
  const isExact = Math.abs(Number(two) * 10_000 - squareMeters) < 0.5;
  return isExact ? two : (squareMeters / 10_000).toFixed(4);
}
