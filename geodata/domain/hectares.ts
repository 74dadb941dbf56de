/** Areas in words, and quantities as they are kept. */

/** m² as 公顷: two decimals, four where two would not be exact. */
export function hectares(squareMeters: number): string {
  const two = (squareMeters / 10_000).toFixed(2);
  const isExact = Math.abs(Number(two) * 10_000 - squareMeters) < 0.5;
  return isExact ? two : (squareMeters / 10_000).toFixed(4);
}

/** To 0.0001, finer than anybody measures areas, percentages or money: equal values are equal. */
export function rounded(quantity: number): number {
  return Math.round(quantity * 10_000) / 10_000;
}
