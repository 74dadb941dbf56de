/** Texts of the spool as the file means them. */
import type { DeliveryFormat } from '../../geodata/contract/imports.ts';
import { withoutFormulaGuard } from '../../geodata/domain/formula-guard.ts';
import { decodeText, type KnownEncoding } from './text-encoding.ts';

export type Cell = {
  text: string | null;
  /** Some of its bytes fit no character. */
  isDamaged: boolean;
};

/** `format` may be left out where the text is only shown. */
export type TextSource = { encoding: KnownEncoding | null; format?: DeliveryFormat };

const textRules: Partial<Record<DeliveryFormat, (text: string) => string>> = {
  csv: withoutFormulaGuard,
  xlsx: (text) =>
    text.includes('_x')
      ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) =>
          String.fromCharCode(Number.parseInt(code, 16)),
        )
      : text,
};

/** Names repeat from row to row; codes do not, and need not be kept. */
const maxKnownTexts = 5_000;
const absent: Cell = { text: null, isDamaged: false };

/**
 * Decodes cells of a spool: with an encoding, every character stands for one byte of the file (GDAL was told
 * ISO-8859-1); with null the text is there already. Texts of a CSV lose the guard a spreadsheet
 * needs; texts of a workbook may hold characters as _xHHHH_ (ECMA-376 part 1, 22.9.2.19), which GDAL leaves so.
 */
export function decodeCells({ encoding, format }: TextSource): (written: string | null) => Cell {
  const asMeant = format === undefined ? undefined : textRules[format];
  if (asMeant !== undefined) {
    return (written) =>
      written === null ? absent : { text: asMeant(written), isDamaged: written.includes('\uFFFD') };
  }
  if (encoding === null) {
    return (written) =>
      written === null ? absent : { text: written, isDamaged: written.includes('\uFFFD') };
  }
  const known = new Map<string, Cell>();
  return (written) => {
    if (written === null) return absent;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII whole
    if (/^[\x00-\x7f]*$/.test(written)) return { text: written, isDamaged: false };
    const found = known.get(written);
    if (found !== undefined) return found;
    const cell = decodeText(Buffer.from(written, 'latin1'), [encoding]);
    if (known.size < maxKnownTexts) known.set(written, cell);
    return cell;
  };
}
