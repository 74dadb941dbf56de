/**
 * The cells of an XLSX that anybody may have made, read within bounds: a zip that unpacks to too much, XML that is none,
 * more cells than a workbook has. Only values are read; formulas are told, never computed, and nothing else of the file
 * is looked at, whatever ranges it names.
 */
import { SaxesParser } from 'saxes';
import { openPromise, type ZipFile } from 'yauzl';
import { UnprocessableError } from '../errors.ts';

export type SheetCell = {
  row: number;
  /** Letters. */
  column: string;
  /** Null: empty, or a value that is neither (an error, true or false) where `isOdd`. */
  value: string | number | null;
  isFormula: boolean;
  isOdd: boolean;
};
export type Sheet = { name: string; cells: SheetCell[] };
export type ReadWorkbook = { sheets: Sheet[]; startsIn1904: boolean };

/** A form of a thousand sites has 4 MB and 30 000 cells. */
const limits = { entries: 1_000, unpackedBytes: 24 * 2 ** 20, cells: 200_000, sheets: 50 } as const;

/** Throws UnprocessableError for what is no whole XLSX within the bounds. */
export async function readXlsx(path: string): Promise<ReadWorkbook> {
  const zip = await open(path);
  try {
    return await readParts(await unpack(zip));
  } catch (error) {
    throw error instanceof UnprocessableError ? error : notWorkbook(error);
  } finally {
    zip.close();
  }
}

type Parts = ReadonlyMap<string, Buffer>;

async function open(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw notWorkbook(error);
  }
}

/** Parts that are read, by name without a leading slash; all others are counted as they say and left. */
async function unpack(zip: ZipFile): Promise<Parts> {
  const parts = new Map<string, Buffer>();
  let [entries, bytes] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    entries += 1;
    if (entries > limits.entries) throw tooMuch();
    const name = String(entry.fileName).replaceAll('\\', '/').replace(/^\//, '');
    if (
      !/^xl\/(workbook\.xml|sharedStrings\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/i.test(
        name,
      )
    )
      continue;
    if (entry.isEncrypted() || parts.has(name)) throw notWorkbook();
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      bytes += (piece as Buffer).length;
      if (bytes > limits.unpackedBytes) throw tooMuch();
      pieces.push(piece as Buffer);
    }
    parts.set(name, Buffer.concat(pieces));
  }
  return parts;
}

async function readParts(parts: Parts): Promise<ReadWorkbook> {
  const { sheets, startsIn1904 } = readIndex(partOf(parts, 'xl/workbook.xml'));
  if (sheets.length > limits.sheets) throw tooMuch();
  const targets = readRelations(partOf(parts, 'xl/_rels/workbook.xml.rels'));
  const strings = parts.get('xl/sharedStrings.xml');
  const shared = strings === undefined ? [] : readStrings(strings);
  const budget = { cells: limits.cells };
  return {
    startsIn1904,
    sheets: sheets.map(({ name, relation }) => ({
      name,
      cells: readCells(partOf(parts, targets.get(relation) ?? ''), shared, budget),
    })),
  };
}

function partOf(parts: Parts, name: string): Buffer {
  const found = parts.get(name);
  if (found === undefined) throw notWorkbook();
  return found;
}

type Tag = { name: string; attributes: Record<string, string> };

/** Calls back for each tag and text, names without their prefix. Throws what makes the XML unreadable; entities of its own do. */
function parseXml(
  bytes: Buffer,
  on: { open(tag: Tag): void; text?(text: string): void; close?(name: string): void },
): void {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw notWorkbook();
  });
  parser.on('opentag', ({ name, attributes }) => on.open({ name: local(name), attributes }));
  parser.on('text', (text) => on.text?.(text));
  parser.on('closetag', ({ name }) => on.close?.(local(name)));
  parser.write(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).close();
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function readIndex(bytes: Buffer): { sheets: { name: string; relation: string }[]; startsIn1904: boolean } {
  const sheets: { name: string; relation: string }[] = [];
  let startsIn1904 = false;
  parseXml(bytes, {
    open({ name, attributes }) {
      if (name === 'sheet') {
        const relation = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
        sheets.push({ name: attributes.name ?? '', relation });
      }
      if (name === 'workbookPr') startsIn1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
    },
  });
  return { sheets, startsIn1904 };
}

/** Names of parts by the ids they are referred to by. */
function readRelations(bytes: Buffer): Map<string, string> {
  const targets = new Map<string, string>();
  parseXml(bytes, {
    open({ name, attributes }) {
      if (name !== 'Relationship') return;
      const { Id = '', Target = '' } = attributes;
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return targets;
}

function readStrings(bytes: Buffer): string[] {
  const strings: string[] = [];
  const reader = textReader();
  parseXml(bytes, {
    open({ name }) {
      if (name === 'si') strings.push('');
      reader.open(name);
    },
    text(text) {
      if (reader.isText()) strings[strings.length - 1] += text;
    },
    close: reader.close,
  });
  return strings;
}

/** Text stands in `t`, but not in the readings (`rPh`) that some programs add to Chinese. */
function textReader(): { open(name: string): void; close(name: string): void; isText(): boolean } {
  let [inText, inReading] = [false, false];
  return {
    open(name) {
      if (name === 't') inText = true;
      if (name === 'rPh') inReading = true;
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') inReading = false;
    },
    isText: () => inText && !inReading,
  };
}

function readCells(bytes: Buffer, shared: readonly string[], budget: { cells: number }): SheetCell[] {
  const cells: SheetCell[] = [];
  let cell: { row: number; column: string; type: string; raw: string; isFormula: boolean } | null = null;
  let [inValue, row, position] = [false, 0, 0];
  const reader = textReader();
  parseXml(bytes, {
    open({ name, attributes }) {
      reader.open(name);
      if (name === 'row') {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r);
        position = 0;
      }
      if (name === 'c') {
        budget.cells -= 1;
        if (budget.cells < 0) throw tooMuch();
        const place = placeOf(attributes.r, row, position);
        position = place.position;
        cell = { ...place, type: attributes.t ?? 'n', raw: '', isFormula: false };
      }
      if (name === 'f' && cell !== null) cell.isFormula = true;
      if (name === 'v') inValue = true;
    },
    text(text) {
      if (cell !== null && (inValue || reader.isText())) cell.raw += text;
    },
    close(name) {
      reader.close(name);
      if (name === 'v') inValue = false;
      if (name !== 'c' || cell === null) return;
      const read = toCell(cell, shared);
      if (read.value !== null || read.isFormula || read.isOdd) cells.push(read);
      cell = null;
    },
  });
  return cells;
}

function placeOf(reference: string | undefined, row: number, position: number) {
  if (reference === undefined)
    return { row, column: lettersOfPosition(position + 1), position: position + 1 };
  const [, letters, digits] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(reference) ?? [];
  if (letters === undefined) throw notWorkbook();
  const at = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits), column: letters, position: at };
}

function lettersOfPosition(position: number): string {
  const rest = Math.floor((position - 1) / 26);
  return (rest > 0 ? lettersOfPosition(rest) : '') + String.fromCharCode(65 + ((position - 1) % 26));
}

function toCell(
  cell: { row: number; column: string; type: string; raw: string; isFormula: boolean },
  shared: readonly string[],
): SheetCell {
  const { row, column, type, raw, isFormula } = cell;
  const place = { row, column, isFormula };
  const asText = (text: string): SheetCell => ({
    ...place,
    value: text.trim() === '' ? null : text,
    isOdd: false,
  });
  switch (type) {
    case 's': {
      const text = shared[Number(raw)];
      if (text === undefined) throw notWorkbook();
      return asText(text);
    }
    case 'inlineStr':
    case 'str':
    case 'd':
      return asText(raw);
    case 'n': {
      if (raw.trim() === '') return { ...place, value: null, isOdd: false };
      const number = Number(raw);
      return Number.isFinite(number)
        ? { ...place, value: number, isOdd: false }
        : { ...place, value: null, isOdd: true };
    }
    default:
      return { ...place, value: null, isOdd: raw !== '' };
  }
}

function notWorkbook(cause?: unknown): UnprocessableError {
  return new UnprocessableError(
    {
      zh: '这不是完整的 XLSX 工作簿。请在这里下载填报表,填好后以 .xlsx 格式保存再上传。',
      en: 'This is no whole XLSX workbook. Download the form here, fill it in, save it as .xlsx and send it.',
    },
    { field: 'file', cause },
  );
}

function tooMuch(): UnprocessableError {
  return new UnprocessableError(
    {
      zh: '工作簿解开后过大,已拒绝。请重新下载填报表,只填黄色单元格。',
      en: 'The workbook unpacks to too much and was refused. Download the form again and fill in yellow cells only.',
    },
    { field: 'file' },
  );
}
