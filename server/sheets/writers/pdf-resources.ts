/**
 * What pages of one PDF share: faces, symbols, outlines of glyphs for halos, degrees of opacity. Each is written once
 * and named in the resources of every page that uses it.
 */
import type { FontWeight } from '../page.ts';
import { glyphHaloOutline } from '../text/glyph-outline.ts';
import type { ShapedGlyph } from '../text/shape-text.ts';
import { sheetFont, unitsPerEm } from '../text/sheet-fonts.ts';
import { pdfPath } from './pdf-path.ts';
import { rounded } from './rounded.ts';

export type PdfReference = {
  data: Record<string, unknown>;
  write: (chunk: string | Uint8Array) => void;
  end: (chunk?: string | Uint8Array) => void;
};
/** Of pdfkit, what its types leave out. */
type Inner = {
  ref: (data?: Record<string, unknown>) => PdfReference;
  page: Record<'fonts' | 'xobjects' | 'ext_gstates', Record<string, unknown>>;
  _font: EmbeddedFace;
};
/** A face as pdfkit embeds it when the document ends: with the glyphs, widths and texts put in here. */
type EmbeddedFace = {
  id: string;
  subset: { includeGlyph: (id: number) => number };
  widths: number[];
  unicode: (readonly number[])[];
  ref: () => PdfReference;
};

/** Each gives the name under which the present page knows it. */
export type PdfResources = {
  face: (weight: FontWeight) => PdfFace;
  /** A form made once for a key; what it does not set (colours, widths) it takes from where it is placed. */
  form: (key: string, make: () => PdfForm) => string;
  /** The outline of a glyph in thousandths of the size, stroked; null where it has none. */
  glyphStroke: (id: number, weight: FontWeight) => string | null;
  opacity: (fill: number, stroke: number) => string;
};
export type PdfForm = { operators: string; box: readonly [number, number, number, number] };
export type PdfFace = {
  name: string;
  /** Four hexadecimal digits, and the advance in thousandths that readers take for it. */
  encode: (glyph: ShapedGlyph) => { code: string; advance: number };
};

/** Reach of halos and their corners around the outline of a glyph, in thousandths of the size. */
const haloReach = 2000;

export function createPdfResources(document: PDFKit.PDFDocument): PdfResources {
  const inner = document as unknown as Inner;
  const faces = new Map<FontWeight, EmbeddedFace>();
  const forms = new Map<string, { name: string; reference: PdfReference }>();
  const opacities = new Map<string, { name: string; reference: PdfReference }>();

  const form = (key: string, make: () => PdfForm): string => {
    let known = forms.get(key);
    if (known === undefined) {
      const { operators, box } = make();
      const reference = inner.ref({ Type: 'XObject', Subtype: 'Form', BBox: [...box], Resources: {} });
      reference.end(operators);
      known = { name: `X${forms.size + 1}`, reference };
      forms.set(key, known);
    }
    inner.page.xobjects[known.name] = known.reference;
    return known.name;
  };

  return {
    face: (weight) => {
      let face = faces.get(weight);
      if (face === undefined) {
        document.registerFont(weight, sheetFont(weight).face as unknown as string);
        document.font(weight);
        face = inner._font;
        faces.set(weight, face);
      }
      inner.page.fonts[face.id] = face.ref();
      return { name: face.id, encode: (glyph) => encode(face, glyph, weight) };
    },
    form,
    glyphStroke: (id, weight) => {
      const d = glyphHaloOutline(id, weight);
      if (d === '') return null;
      return form(`${weight} ${id}`, () => {
        const { operators, box } = pdfPath(d);
        return { operators: `${operators}\nS`, box: grown(box, haloReach) };
      });
    },
    opacity: (fill, stroke) => {
      const key = `${rounded(fill)} ${rounded(stroke)}`;
      let known = opacities.get(key);
      if (known === undefined) {
        const reference = inner.ref({ Type: 'ExtGState', ca: fill, CA: stroke });
        reference.end();
        known = { name: `O${opacities.size + 1}`, reference };
        opacities.set(key, known);
      }
      inner.page.ext_gstates[known.name] = known.reference;
      return known.name;
    },
  };
}

/** The box larger by a margin on all sides. */
export function grown(
  [minX, minY, maxX, maxY]: readonly [number, number, number, number],
  margin: number,
): [number, number, number, number] {
  return [minX - margin, minY - margin, maxX + margin, maxY + margin];
}

function encode(
  face: EmbeddedFace,
  glyph: ShapedGlyph,
  weight: FontWeight,
): { code: string; advance: number } {
  const index = face.subset.includeGlyph(glyph.id);
  let advance = face.widths[index];
  if (advance === undefined) {
    advance = (sheetFont(weight).face.getGlyph(glyph.id).advanceWidth * 1000) / unitsPerEm;
    face.widths[index] = advance;
  }
  face.unicode[index] ??= glyph.codePoints;
  return { code: index.toString(16).padStart(4, '0'), advance };
}
