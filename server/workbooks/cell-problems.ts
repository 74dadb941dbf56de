/** What is wrong in a cell, said with its place. Pure. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { CellProblem } from '../../geodata/contract/workbooks.ts';

/** `words` go on after the place. */
export function problemAt(row: number, column: string, code: string | null, words: Bilingual): CellProblem {
  return {
    row,
    column,
    code,
    title: {
      zh: `第 ${row} 行 ${column} 列:${words.zh}`,
      en: `Row ${row}, column ${column}: ${words.en}`,
    },
  };
}
