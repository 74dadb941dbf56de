/** The two faces of every sheet, read once a process. Nothing here knows what is written with them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import type { FontWeight } from '../page.ts';

const files: Record<FontWeight, string> = {
  regular: '400Regular/NotoSansSC_400Regular.ttf',
  bold: '600SemiBold/NotoSansSC_600SemiBold.ttf',
};

export type SheetFont = { face: Font; bytes: Uint8Array };

const opened = new Map<FontWeight, SheetFont>();
const { resolve } = createRequire(import.meta.url);

/** Millimetres of a size in points. */
export const mmPerPt = 25.4 / 72;

/** Units of the em square of both faces, in which advances and outlines are told. */
export const unitsPerEm = 1000;

/** The face of a weight with the bytes it was read from. */
export function sheetFont(weight: FontWeight): SheetFont {
  let font = opened.get(weight);
  if (font === undefined) {
    const bytes = readFileSync(resolve(`@expo-google-fonts/noto-sans-sc/${files[weight]}`));
    const face = create(bytes);
    if (!('layout' in face)) throw new Error(`${files[weight]} holds more than one face.`);
    font = { face, bytes };
    opened.set(weight, font);
  }
  return font;
}
