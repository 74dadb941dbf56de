/** Counts what was understood in a way the file does not say, for one line each in the report. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { MultiShape } from './multi-shape.ts';

export type RowTally = {
  add(formerCodes: number, shape: Pick<MultiShape, 'hasTurnedRings'>): void;
  words(): Bilingual[];
};

export function createTally(): RowTally {
  let formerCodes = 0;
  let turnedRings = 0;
  return {
    add(more, { hasTurnedRings }) {
      formerCodes += more;
      if (hasTurnedRings) turnedRings += 1;
    },
    words() {
      const words: Bilingual[] = [];
      if (formerCodes > 0) {
        words.push({
          zh: `${formerCodes} 个旧县代码已换成现行代码`,
          en: `${formerCodes} former county codes were given their present ones`,
        });
      }
      if (turnedRings > 0) {
        words.push({
          zh: `${turnedRings} 行的环方向与格式规定相反,已理顺`,
          en: `the rings of ${turnedRings} rows ran against the rule of the format and were turned`,
        });
      }
      return words;
    },
  };
}
