/** Which encoding the texts of a delivered file are in, said with its reason and never silently wrong. */
import { TextDecoder } from 'node:util';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { BadRequestError } from '../errors.ts';

export type KnownEncoding = 'utf-8' | 'gb18030' | 'big5' | 'iso-8859-1' | 'utf-16le' | 'utf-16be';

/** Names met in .cpg files and on the command line. GBK and GB2312 are subsets of GB18030. */
const names: Record<string, KnownEncoding> = {
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
  65001: 'utf-8',
  GBK: 'gb18030',
  GB2312: 'gb18030',
  GB18030: 'gb18030',
  CP936: 'gb18030',
  936: 'gb18030',
  OEM936: 'gb18030',
  'ANSI 936': 'gb18030',
  BIG5: 'big5',
  950: 'big5',
  CP950: 'big5',
  'ISO-8859-1': 'iso-8859-1',
  'WINDOWS-1252': 'iso-8859-1',
  1252: 'iso-8859-1',
  'ANSI 1252': 'iso-8859-1',
  'ISO 88591': 'iso-8859-1',
  88591: 'iso-8859-1',
};

/** Language driver bytes of DBF headers that tell an encoding (dBASE, ESRI). */
const byLanguageDriver: Record<number, KnownEncoding> = {
  77: 'gb18030',
  122: 'gb18030',
  79: 'big5',
  120: 'big5',
};

export type EncodingChoice = { encoding: KnownEncoding; reason: Bilingual };

/** The encoding of this name, or undefined. */
function findEncoding(name: string): KnownEncoding | undefined {
  return names[name.trim().toUpperCase()];
}

/** Throws BadRequestError where the asked encoding is not known. */
export function askedEncoding(name: string): EncodingChoice {
  const encoding = findEncoding(name);
  if (encoding === undefined) {
    throw new BadRequestError(
      {
        zh: `不认识编码“${name}”,可用:UTF-8、GBK、GB18030、BIG5。`,
        en: `Unknown encoding "${name}"; use UTF-8, GBK, GB18030 or BIG5.`,
      },
      { field: 'encoding' },
    );
  }
  return { encoding, reason: { zh: '由 --encoding 指定', en: 'as given by --encoding' } };
}

/** What the bytes of a file's names and values speak for and against. */
export type EncodingEvidence = {
  /** Texts of plain ASCII tell nothing. */
  add(text: Uint8Array): void;
  /** Whether every text so far can be in the encoding. */
  fits(encoding: KnownEncoding): boolean;
  /** Bytes beyond ASCII in the texts so far. */
  highBytes(): number;
};

/** Encodings that can be told apart by their bytes. */
const tried = ['utf-8', 'gb18030', 'big5', 'iso-8859-1'] as const;

export function createEncodingEvidence(): EncodingEvidence {
  const refuted = new Set<KnownEncoding>();
  let highBytes = 0;
  return {
    add(text) {
      const high = text.reduce((sum, byte) => sum + (byte > 127 ? 1 : 0), 0);
      if (high === 0) return;
      highBytes += high;
      for (const encoding of tried) {
        if (!refuted.has(encoding) && !canBe(text, encoding)) refuted.add(encoding);
      }
    },
    fits: (encoding) => !refuted.has(encoding),
    highBytes: () => highBytes,
  };
}

/** Chinese text in GBK is UTF-8 by chance only where it is as short as the word 联通. */
const leastHighBytes = 12;

/**
 * By the .cpg, then the DBF's language byte, then strict UTF-8, then GB18030. What is stated does not hold where the
 * texts are not valid in it but in another: the reason says so.
 */
export function detectEncoding(source: {
  cpg: string | null;
  languageDriver: number | null;
  evidence: EncodingEvidence;
}): EncodingChoice {
  const { cpg, evidence } = source;
  const byCpg = cpg === null ? undefined : findEncoding(cpg);
  if (byCpg !== undefined) {
    const said = `.cpg(${cpg?.trim()})`;
    const reason = { zh: `按 ${said}`, en: `by the .cpg (${cpg?.trim()})` };
    return contradicted(byCpg, said, evidence) ?? { encoding: byCpg, reason };
  }
  const byDriver = byLanguageDriver[source.languageDriver ?? 0];
  if (byDriver !== undefined) {
    const reason = { zh: '按 DBF 文件头的语言标志', en: "by the DBF's language byte" };
    return contradicted(byDriver, 'DBF', evidence) ?? { encoding: byDriver, reason };
  }
  if (evidence.fits('utf-8')) {
    return {
      encoding: 'utf-8',
      reason: { zh: '未注明编码,内容是合法的 UTF-8', en: 'no encoding is stated; the text is valid UTF-8' },
    };
  }
  return unstatedGb18030;
}

/** Another encoding where the stated one cannot be right; null where it can, or none fits better. */
function contradicted(
  stated: KnownEncoding,
  said: string,
  evidence: EncodingEvidence,
): EncodingChoice | null {
  const isCertainlyUtf8 = evidence.fits('utf-8') && evidence.highBytes() >= leastHighBytes;
  if (evidence.fits(stated) && !(stated !== 'utf-8' && isCertainlyUtf8)) return null;
  const others = ['utf-8', 'gb18030', 'big5'] as const;
  const encoding = others.find((other) => other !== stated && evidence.fits(other));
  if (encoding === undefined) return null;
  return {
    encoding,
    reason: {
      zh: `${said} 注明的编码与内容不符,内容是合法的 ${encoding},按其读取;如有乱码请用 --encoding 指定`,
      en: `what ${said} states does not fit the text, which is valid ${encoding} and is read so; if names look wrong give --encoding`,
    },
  };
}

/** Where nothing is stated and the text is not UTF-8. */
export const unstatedGb18030: EncodingChoice = {
  encoding: 'gb18030',
  reason: {
    zh: '未注明编码,内容不是 UTF-8,按 GBK/GB18030 读取;如有乱码请用 --encoding 指定',
    en: 'no encoding is stated and the text is not UTF-8: read as GBK/GB18030; if names look wrong give --encoding',
  },
};

/** A DBF cuts names and values at a number of bytes, so a long text may end inside a character. */
const leastCutBytes = 8;

function canBe(text: Uint8Array, encoding: KnownEncoding): boolean {
  // Every byte is a letter of Latin-1: Chinese text shows by being whole in GB18030.
  if (encoding === 'iso-8859-1') return !isHan(text);
  if (isStrict(text, encoding)) return true;
  return text.length >= leastCutBytes && [1, 2, 3].some((cut) => isStrict(text.subarray(0, -cut), encoding));
}

function isHan(text: Uint8Array): boolean {
  return /\p{Script=Han}/u.test(strictText(text, 'gb18030') ?? '');
}

function isStrict(bytes: Uint8Array, encoding: KnownEncoding): boolean {
  return strictText(bytes, encoding) !== null;
}

/** To make a decoder takes longer than to read a cell. */
const strictDecoders = new Map<KnownEncoding, TextDecoder>();

/** Null where bytes fit no character. */
function strictText(bytes: Uint8Array, encoding: KnownEncoding): string | null {
  const decoder = strictDecoders.get(encoding) ?? new TextDecoder(encoding, { fatal: true });
  strictDecoders.set(encoding, decoder);
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

export type DecodedText = { text: string; encoding: KnownEncoding; isDamaged: boolean };

/**
 * The text in the first encoding that reads it strictly. A character cut off at the end (DBF fields have a
 * width in bytes) is dropped; bytes that still do not fit become U+FFFD and the text is marked damaged.
 */
export function decodeText(bytes: Uint8Array, encodings: readonly KnownEncoding[]): DecodedText {
  for (const encoding of encodings) {
    const text = strictText(bytes, encoding);
    if (text !== null) return { text, encoding, isDamaged: false };
  }
  const last = encodings.at(-1) ?? 'utf-8';
  for (let cut = 1; cut <= 3 && cut < bytes.length; cut += 1) {
    const text = strictText(bytes.subarray(0, bytes.length - cut), last);
    if (text !== null) return { text, encoding: last, isDamaged: false };
  }
  return { text: new TextDecoder(last).decode(bytes), encoding: last, isDamaged: true };
}
