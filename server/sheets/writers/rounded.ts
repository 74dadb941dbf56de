/** Numbers as the writers print them: thousandths, never in exponents. */

/** To 0.001; not finite numbers throw a TypeError, for no page may hold one. */
export function rounded(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`A page holds ${value} where a number should be.`);
  return String(Math.round(value * 1000) / 1000 || 0);
}

/** With nine decimals, for factors that are multiplied by lengths. */
export function precise(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`A page holds ${value} where a number should be.`);
  return value.toFixed(9).replace(/\.?0+$/, '');
}
