/**
 * From a line of text to glyphs with their advances: one shaping for measuring, outlines and PDF. Han characters stand
 * on a grid and need no layout engine; runs of others get fontkit's (kerning, ligatures).
 */
import type { FontWeight } from '../page.ts';
import { drawableText } from './drawable-text.ts';
import { sheetFont, unitsPerEm } from './sheet-fonts.ts';

/** Lengths in thousandths of the size. */
export type ShapedGlyph = {
  id: number;
  advance: number;
  /** From the pen; y upwards. */
  dx: number;
  dy: number;
  codePoints: readonly number[];
};
export type ShapedText = { glyphs: readonly ShapedGlyph[]; width: number };

const cacheLimit = 20_000;
const caches: Record<FontWeight, { texts: Map<string, ShapedText>; runs: Map<string, ShapedText> }> = {
  regular: { texts: new Map(), runs: new Map() },
  bold: { texts: new Map(), runs: new Map() },
};

const han = /\p{Script=Han}/u;
/** Dashes, ellipses and quotes are as wide as a Han character beside one. */
const runs =
  /[\p{Script=Han}\u2014\u2018-\u201d\u2026\u3000-\u303f\uff00-\uffef]+|[^\p{Script=Han}\u2014\u2018-\u201d\u2026\u3000-\u303f\uff00-\uffef]+/gu;
const gridOnly = /^[\u4e00-\u9fff]+$/;

/** Glyphs of the text from its start; characters the fonts lack are □. */
export function shapeText(text: string, weight: FontWeight): ShapedText {
  const { texts } = caches[weight];
  const known = texts.get(text);
  if (known !== undefined) return known;
  const drawn = drawableText(text);
  const parts = han.test(drawn) ? (drawn.match(runs) ?? []) : drawn === '' ? [] : [drawn];
  const shaped = parts.map((part) => shapeRun(part, weight));
  const [first] = shaped;
  const whole =
    shaped.length === 1 && first !== undefined
      ? first
      : {
          glyphs: shaped.flatMap(({ glyphs }) => glyphs),
          width: shaped.reduce((sum, { width }) => sum + width, 0),
        };
  remember(texts, text, whole);
  return whole;
}

function shapeRun(run: string, weight: FontWeight): ShapedText {
  const known = caches[weight].runs.get(run);
  if (known !== undefined) return known;
  const shaped = gridOnly.test(run) ? onGrid(run, weight) : laidOut(run, weight);
  remember(caches[weight].runs, run, shaped);
  return shaped;
}

function onGrid(run: string, weight: FontWeight): ShapedText {
  const { face } = sheetFont(weight);
  const glyphs = [...run].map((character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    const { id } = face.glyphForCodePoint(codePoint);
    return { id, advance: unitsPerEm, dx: 0, dy: 0, codePoints: [codePoint] };
  });
  return { glyphs, width: glyphs.length * unitsPerEm };
}

function laidOut(run: string, weight: FontWeight): ShapedText {
  const script = /[A-Za-z0-9]/.test(run) || !han.test(run) ? undefined : 'hani';
  const laid = sheetFont(weight).face.layout(run, undefined, script);
  const codePoints = [...run].map((character) => character.codePointAt(0) ?? 0);
  // fontkit keeps the code points a glyph was first met with, which may be those of another text.
  const isOneToOne = codePoints.length === laid.glyphs.length;
  const glyphs = laid.glyphs.map((glyph, index): ShapedGlyph => {
    const position = laid.positions[index];
    return {
      id: glyph.id,
      advance: position?.xAdvance ?? glyph.advanceWidth,
      dx: position?.xOffset ?? 0,
      dy: position?.yOffset ?? 0,
      codePoints: isOneToOne ? [codePoints[index] ?? 0] : glyph.codePoints,
    };
  });
  return { glyphs, width: glyphs.reduce((sum, { advance }) => sum + advance, 0) };
}

function remember(cache: Map<string, ShapedText>, key: string, shaped: ShapedText): void {
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(key, shaped);
}
