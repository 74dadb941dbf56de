/** The two faces of every sheet, read once a process. Nothing here knows what is written with them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import type { FontWeight } from '../page.ts';

const require = createRequire(import.meta.url);

/** Resolved when asked for, from whole names, so that it can be seen which package they come from. */
const files: Record<FontWeight, () => string> = {
  regular: () => require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: () => require.resolve('@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf'),
};

export type SheetFont = { face: Font; bytes: Uint8Array };

const opened = new Map<FontWeight, SheetFont>();

/** Millimetres of a size in points. */
export const mmPerPt = 25.4 / 72;

/** Units of the em square of both faces, in which advances and outlines are told. */
export const unitsPerEm = 1000;

/** The face of a weight with the bytes it was read from. */
export function sheetFont(weight: FontWeight): SheetFont {
  let font = opened.get(weight);
  if (font === undefined) {
    const file = files[weight]();
    const bytes = readFileSync(file);
    const face = create(bytes);
    if (!('layout' in face)) throw new Error(`${file} holds more than one face.`);
    font = { face, bytes };
    opened.set(weight, font);
  }
  return font;
}
