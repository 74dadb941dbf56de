/** PDFs read back by the programs of Poppler: text, fonts, pixels. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

export const hasPoppler = ['pdftotext', 'pdftoppm', 'pdffonts'].every(works);

export type Pixels = { width: number; height: number; at: (x: number, y: number) => string };

export function pdfText(pdf: Uint8Array): string {
  return onFile(pdf, (file) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }));
}

/** One line a font: name, embedded, subset, with a map to Unicode. */
export function pdfFonts(
  pdf: Uint8Array,
): { name: string; embedded: string; subset: string; unicode: string }[] {
  const told = onFile(pdf, (file) => execFileSync('pdffonts', [file], { encoding: 'utf8' }));
  return told
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => {
      const [name = ''] = line.split(/\s+/);
      const [embedded = '', subset = '', unicode = ''] =
        /(yes|no)\s+(yes|no)\s+(yes|no)/.exec(line)?.slice(1) ?? [];
      return { name, embedded, subset, unicode };
    });
}

/** The first page as it is seen at a resolution. */
export async function pdfPixels(pdf: Uint8Array, dpi: number): Promise<Pixels> {
  const png = onFile(pdf, (file) => {
    execFileSync('pdftoppm', ['-r', `${dpi}`, '-png', '-singlefile', file, file]);
    return readFileSync(`${file}.png`);
  });
  return pixelsOf(png);
}

/** Colours of a picture as #RRGGBB. */
export async function pixelsOf(picture: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    at: (x, y) => {
      const from = (y * info.width + x) * 3;
      return `#${data
        .subarray(from, from + 3)
        .toString('hex')
        .toUpperCase()}`;
    },
  };
}

/** First and last pixel of the row or column that is darker than mid grey. */
export function darkExtent(pixels: Pixels, along: 'x' | 'y', other: number): [first: number, last: number] {
  const dark: number[] = [];
  const length = along === 'x' ? pixels.width : pixels.height;
  for (let place = 0; place < length; place += 1) {
    const color = along === 'x' ? pixels.at(place, other) : pixels.at(other, place);
    if (Number.parseInt(color.slice(1, 3), 16) < 128) dark.push(place);
  }
  return [dark[0] ?? -1, dark.at(-1) ?? -1];
}

export function onFile<T>(bytes: Uint8Array, read: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'lantu-sheet-'));
  try {
    const file = join(folder, 'sheet');
    writeFileSync(file, bytes);
    return read(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function works(program: string): boolean {
  try {
    execFileSync(program, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
