/**
 * Names of uploaded files: shown as their sender gave them, stored so that no name leads out of its folder or means
 * something to a file system. What belongs together keeps its common stem (a.shp, a.dbf).
 */
import { decodeText } from './text-encoding.ts';

/** A file system takes 255 bytes of a name; a character is at most four. */
const longestStem = 50;
const longestExtension = 12;

/**
 * The name of one part of a multipart body, without folders and control characters. `given` is its bytes as latin1:
 * browsers send UTF-8, programs on a Chinese Windows GBK.
 */
export function shownName(given: string): string {
  // A name in the extended notation is decoded already.
  const isDecoded = [...given].some((character) => character > '\u00FF');
  const text = isDecoded ? given : decodeText(Buffer.from(given, 'latin1'), ['utf-8', 'gb18030']).text;
  const base = text.split(/[/\\]/).at(-1) ?? '';
  return base
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 200);
}

/** The same name as far as every file system takes it: never empty, hidden, reserved or too long. */
export function storedName(shown: string): string {
  const dot = shown.lastIndexOf('.');
  const stem = dot > 0 ? shown.slice(0, dot) : shown;
  const extension = dot > 0 ? shown.slice(dot) : '';
  const cut = (text: string, most: number): string =>
    [...text.normalize('NFC').replace(/[<>:"/\\|?*]/g, '_')].slice(0, most).join('');
  const plain = cut(stem, longestStem).replace(/^\.+/, '_');
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain.split('.', 1)[0] ?? '') ? '_' : '';
  return `${reserved}${plain || '_'}${cut(extension, longestExtension)}`.replace(/[. ]+$/, '');
}
