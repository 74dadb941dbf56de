/** Numbers as people type them, and areas in the unit they choose; stored in m². Pure. */
import { SQUARE_METERS_PER_MU } from '../../i18n/format.ts';

export const typedAreaUnits = ['ha', 'mu', 'm2'] as const;
export type TypedAreaUnit = (typeof typedAreaUnits)[number];

/** Decimals keep a hundredth of a square metre, so that a value read back is the value that was stored. */
const units: Record<TypedAreaUnit, { squareMeters: number; decimals: number }> = {
  ha: { squareMeters: 10_000, decimals: 6 },
  mu: { squareMeters: SQUARE_METERS_PER_MU, decimals: 6 },
  m2: { squareMeters: 1, decimals: 2 },
};

/** '' is no answer; text that is no plain number is invalid. */
export type TypedNumber = { is: 'empty' } | { is: 'number'; value: number } | { is: 'invalid' };

/** Reads `1,234.5`, also in full-width digits as a Chinese keyboard types them. */
export function readNumber(text: string): TypedNumber {
  const plain = text.normalize('NFKC').replaceAll('。', '.').replaceAll(/[,\s]/g, '');
  if (plain === '') return { is: 'empty' };
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain)) return { is: 'invalid' };
  return { is: 'number', value: Number(plain) };
}

/** m², rounded to a hundredth. */
export function readArea(text: string, unit: TypedAreaUnit): TypedNumber {
  const typed = readNumber(text);
  if (typed.is !== 'number') return typed;
  return { is: 'number', value: Math.round(typed.value * units[unit].squareMeters * 100) / 100 };
}

/** Plain digits for a field, without trailing zeros. */
export function typeNumber(value: number | null | undefined, decimals = 4): string {
  return value === null || value === undefined ? '' : String(Number(value.toFixed(decimals)));
}

export function typeArea(squareMeters: number | null | undefined, unit: TypedAreaUnit): string {
  const { squareMeters: size, decimals } = units[unit];
  return squareMeters === null || squareMeters === undefined ? '' : typeNumber(squareMeters / size, decimals);
}

/** The same area typed in another unit; text that is no number stays as it is. */
export function retypeArea(text: string, from: TypedAreaUnit, to: TypedAreaUnit): string {
  const typed = readArea(text, from);
  return typed.is === 'number' ? typeArea(typed.value, to) : text;
}
