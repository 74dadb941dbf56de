/**
 * Texts that a spreadsheet would run as a formula when it opens a CSV (OWASP, "CSV Injection"). Written with a
 * leading apostrophe, which reading takes away again; a text that has apostrophes of its own gets one more.
 */

/** Half and full width, since some spreadsheets take both. */
const starts = '[=+\\-@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20]';
const startsFormula = new RegExp(`^'*${starts}`);
const isGuarded = new RegExp(`^'+${starts}`);

/** The text as it may stand in a CSV cell. */
export function guardFormula(text: string): string {
  return startsFormula.test(text) ? `'${text}` : text;
}

/** The text that was guarded; any other text as it is. */
export function withoutFormulaGuard(text: string): string {
  return isGuarded.test(text) ? text.slice(1) : text;
}
