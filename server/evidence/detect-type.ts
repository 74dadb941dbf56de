/** What a file is by its first bytes; its name and what its sender calls it say nothing. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';

/** What may be kept, as far as the first bytes tell; `zip` is DOCX, XLSX, OFD or a plain archive. */
export type KnownType = 'jpeg' | 'png' | 'webp' | 'heif' | 'pdf' | 'zip';

export type Detected = { type: KnownType } | { type: null; reason: Bilingual };

/** Enough to know a file by. */
export const leadingBytes = 512;

/** `head`: the first bytes of the file, `leadingBytes` of them or all there are. */
export function detectType(head: Uint8Array): Detected {
  const known = knownBySignature(Buffer.from(head.buffer, head.byteOffset, head.byteLength));
  if (known !== undefined) return { type: known };
  return { type: null, reason: reasonFor(Buffer.from(head)) };
}

function knownBySignature(head: Buffer): KnownType | undefined {
  if (starts(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP') return 'webp';
  if (text(head, 4, 8) === 'ftyp' && /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/.test(text(head, 8, 12)))
    return 'heif';
  if (/^%PDF-[12]\.\d/.test(text(head, 0, 8))) return 'pdf';
  if (starts(head, [0x50, 0x4b, 0x03, 0x04]) || starts(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip';
  return undefined;
}

const accepted: Bilingual = {
  zh: '可上传的照片:JPEG、PNG、WebP;文件:PDF、OFD、DOCX、XLSX、ZIP。',
  en: 'Photos may be JPEG, PNG or WebP; documents PDF, OFD, DOCX, XLSX or ZIP.',
};

/** Formats people send by mistake, with what to do instead. */
const others: readonly { is(head: Buffer): boolean; zh: string; en: string }[] = [
  { is: (head) => head.length === 0, zh: '文件是空的', en: 'the file is empty' },
  {
    is: (head) => /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!doctype svg|<svg)/i.test(marked(head)),
    zh: '是 SVG 图形,其中可以藏有脚本,不接收;请导出为 PNG',
    en: 'it is an SVG drawing, which may hold scripts; export it as PNG',
  },
  {
    is: (head) => /^\s*<(!doctype html|html|head|body|script|\?php)/i.test(marked(head)),
    zh: '是网页,不接收;请打印为 PDF',
    en: 'it is a web page; print it to a PDF',
  },
  {
    is: (head) =>
      starts(head, [0x4d, 0x5a]) || starts(head, [0x7f, 0x45, 0x4c, 0x46]) || text(head, 0, 2) === '#!',
    zh: '是程序,不接收',
    en: 'it is a program',
  },
  {
    is: (head) => starts(head, [0xd0, 0xcf, 0x11, 0xe0]),
    zh: '是旧版 Office 文件;请另存为 DOCX 或 XLSX',
    en: 'it is a file of an old Office; save it as DOCX or XLSX',
  },
  { is: (head) => text(head, 0, 3) === 'GIF', zh: '是 GIF;请另存为 PNG', en: 'it is a GIF; save it as PNG' },
  { is: (head) => text(head, 0, 2) === 'BM', zh: '是 BMP;请另存为 PNG', en: 'it is a BMP; save it as PNG' },
  {
    is: (head) => ['II*\0', 'MM\0*'].includes(text(head, 0, 4)),
    zh: '是 TIFF;请另存为 JPEG',
    en: 'it is a TIFF; save it as JPEG',
  },
  {
    is: (head) => text(head, 0, 4) === 'Rar!' || starts(head, [0x37, 0x7a, 0xbc, 0xaf]),
    zh: '是 RAR 或 7Z 压缩包;请改用 ZIP',
    en: 'it is a RAR or 7Z archive; pack it as ZIP',
  },
  { is: (head) => text(head, 4, 8) === 'ftyp', zh: '是视频或 AVIF', en: 'it is a video or an AVIF' },
];

function reasonFor(head: Buffer): Bilingual {
  const other = others.find(({ is }) => is(head)) ?? {
    zh: '不是可识别的格式',
    en: 'its format is not known',
  };
  return { zh: `${other.zh}。${accepted.zh}`, en: `${other.en}. ${accepted.en}` };
}

/** As text without a byte order mark; UTF-16 reads as every other character. */
function marked(head: Buffer): string {
  return head
    .toString('utf8')
    .replaceAll('\0', '')
    .replace(/^[\uFEFF\uFFFD]+/, '');
}

function starts(head: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, index) => head[index] === byte);
}

function text(head: Buffer, from: number, to: number): string {
  return head.toString('latin1', from, to);
}
