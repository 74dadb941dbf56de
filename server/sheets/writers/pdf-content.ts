/** The marks of a page as a PDF content stream in millimetres, y downwards: vector paths, real text, images. */
import type { ImageMark, Mark, Page, PageStroke, Paint, PathMark, TextMark } from '../page.ts';
import { shapeText } from '../text/shape-text.ts';
import { mmPerPt, unitsPerEm } from '../text/sheet-fonts.ts';
import { type Drawing, gatherSymbols, type PlacedMark } from './page-symbols.ts';
import { pdfPath } from './pdf-path.ts';
import { grown, type PdfForm, type PdfResources } from './pdf-resources.ts';
import { precise, rounded } from './rounded.ts';

/** Names of the images of the page, put into its resources before. */
export type PdfImages = ReadonlyMap<ImageMark, string>;

/** The stream for a page whose origin is its upper left corner and whose unit is the point, as pdfkit opens it. */
export function pdfContent(page: Page, resources: PdfResources, images: PdfImages): string {
  const parts = [`${precise(1 / mmPerPt)} 0 0 ${precise(1 / mmPerPt)} 0 0 cm`, '1 j 4 M'];
  drawAll(page.marks, { resources, images, parts });
  return parts.join('\n');
}

type Context = { resources: PdfResources; images: PdfImages; parts: string[] };

function drawAll(marks: readonly Mark[], context: Context): void {
  for (const drawing of gatherSymbols(marks)) draw(drawing, context);
}

function draw(drawing: Drawing, context: Context): void {
  const { resources, parts } = context;
  switch (drawing.kind) {
    case 'path': {
      const isClear = isTranslucent(drawing);
      if (isClear) parts.push('q', opacityOf(drawing, resources));
      parts.push(paintPath(drawing).operators);
      if (isClear) parts.push('Q');
      break;
    }
    case 'symbol':
      drawSymbol(drawing, context);
      break;
    case 'text':
      drawText(drawing, context);
      break;
    case 'image': {
      const name = context.images.get(drawing);
      if (name === undefined) throw new Error(`The image ${drawing.title} was not put into the document.`);
      const { x, y, width, height } = drawing;
      parts.push(
        `q ${rounded(width)} 0 0 ${rounded(-height)} ${rounded(x)} ${rounded(y + height)} cm /${name} Do Q`,
      );
      break;
    }
    case 'clip':
      parts.push('q', pdfPath(drawing.d).operators, 'W* n');
      drawAll(drawing.marks, context);
      parts.push('Q');
      break;
    case 'group':
      drawAll(drawing.marks, context);
  }
}

function drawSymbol(
  { marks, at, key }: { marks: readonly PlacedMark[]; at: PlacedMark['at']; key: string },
  { resources, parts }: Context,
): void {
  const angle = ((at.degrees ?? 0) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * at.scale, Math.sin(angle) * at.scale];
  parts.push(
    'q',
    `${precise(cos)} ${precise(sin)} ${precise(-sin)} ${precise(cos)} ${rounded(at.x)} ${rounded(at.y)} cm`,
  );
  if (marks.some(isTranslucent)) {
    for (const mark of marks) parts.push('q', opacityOf(mark, resources), paintPath(mark).operators, 'Q');
  } else {
    parts.push(`/${resources.form(key, () => symbolForm(marks))} Do`);
  }
  parts.push('Q');
}

function symbolForm(marks: readonly PathMark[]): PdfForm {
  const painted = marks.map(paintPath);
  const least = (index: 0 | 1) => Math.min(...painted.map(({ box }) => box[index]));
  const most = (index: 2 | 3) => Math.max(...painted.map(({ box }) => box[index]));
  return {
    operators: `1 j 4 M\n${painted.map(({ operators }) => operators).join('\n')}`,
    box: [least(0), least(1), most(2), most(3)],
  };
}

/** Colours, the path and the operator that paints it; the box has room for the stroke and its corners. */
function paintPath({ d, fill, stroke }: PathMark): PdfForm {
  if (fill === undefined && stroke === undefined) return { operators: '', box: [0, 0, 0, 0] };
  const { operators, box } = pdfPath(d);
  if (operators === '') return { operators: '', box };
  const state = [fill === undefined ? '' : `${rgb(fill)} rg`];
  if (stroke !== undefined) state.push(strokeState(stroke));
  const paint = stroke === undefined ? 'f*' : fill === undefined ? 'S' : 'B*';
  const undo = stroke?.dashMm?.length || stroke?.cap || stroke?.join;
  const painted = `${state.join(' ')}\n${operators}\n${paint}`;
  return { operators: undo ? `q ${painted} Q` : painted, box: grown(box, 2 * (stroke?.widthMm ?? 0)) };
}

function strokeState(stroke: PageStroke): string {
  const dash = stroke.dashMm?.length ? ` [${stroke.dashMm.map(rounded).join(' ')}] 0 d` : '';
  const cap = stroke.cap === 'round' ? ' 1 J' : '';
  const join = stroke.join === 'miter' ? ' 0 j' : '';
  return `${rgb(stroke)} RG ${rounded(stroke.widthMm)} w${dash}${cap}${join}`;
}

function isTranslucent({ fill, stroke }: PathMark): boolean {
  return (fill?.opacity ?? 1) !== 1 || (stroke?.opacity ?? 1) !== 1;
}

function opacityOf({ fill, stroke }: PathMark, resources: PdfResources): string {
  return `/${resources.opacity(fill?.opacity ?? 1, stroke?.opacity ?? 1)} gs`;
}

function drawText(mark: TextMark, { resources, parts }: Context): void {
  const { glyphs, width } = shapeText(mark.text, mark.weight);
  if (glyphs.length === 0) return;
  const size = mark.sizePt * mmPerPt;
  const angle = ((mark.degrees ?? 0) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const start = (mark.align === 'start' ? 0 : mark.align === 'middle' ? -width / 2 : -width) / unitsPerEm;
  const [x, y] = [mark.x + start * size * cos, mark.y + start * size * sin];
  const opacity = mark.opacity ?? 1;
  parts.push('q');
  if (opacity !== 1) parts.push(`/${resources.opacity(opacity, opacity)} gs`);
  if (mark.halo !== undefined) {
    const scale = size / unitsPerEm;
    parts.push(
      `q ${precise(cos * scale)} ${precise(sin * scale)} ${precise(-sin * scale)} ${precise(cos * scale)} ${rounded(x)} ${rounded(y)} cm`,
      `${rgb(mark.halo)} RG ${rounded(mark.halo.widthMm / scale)} w 2 j`,
    );
    let pen = 0;
    for (const { id, advance, dx, dy } of glyphs) {
      const name = resources.glyphStroke(id, mark.weight);
      if (name !== null) parts.push(`q 1 0 0 1 ${rounded(pen + dx)} ${rounded(-dy)} cm /${name} Do Q`);
      pen += advance;
    }
    parts.push('Q');
  }
  const face = resources.face(mark.weight);
  parts.push(
    `BT ${rgb(mark)} rg /${face.name} ${precise(size)} Tf`,
    `${precise(cos)} ${precise(sin)} ${precise(sin)} ${precise(-cos)} ${rounded(x)} ${rounded(y)} Tm`,
  );
  // Readers advance by the widths in the font; what shaping gives otherwise is told between the codes.
  let pieces = '<';
  let rise = 0;
  for (const glyph of glyphs) {
    const { code, advance } = face.encode(glyph);
    if (glyph.dy !== rise) {
      pieces += `>] TJ ${rounded((glyph.dy / unitsPerEm) * size)} Ts [<`;
      rise = glyph.dy;
    }
    if (glyph.dx !== 0) pieces += `> ${rounded(-glyph.dx)} <`;
    pieces += code;
    const more = advance - glyph.advance + glyph.dx;
    if (more !== 0) pieces += `> ${rounded(more)} <`;
  }
  parts.push(`[${pieces}>] TJ${rise === 0 ? '' : ' 0 Ts'} ET`, 'Q');
}

/** Red, green and blue as shares of 1. Throws a TypeError on anything but #RRGGBB. */
function rgb({ color }: Pick<Paint, 'color'>): string {
  const [, red, green, blue] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color) ?? [];
  if (red === undefined || green === undefined || blue === undefined) {
    throw new TypeError(`No colour of a page: ${color}.`);
  }
  return [red, green, blue]
    .map((part) => String(Math.round((Number.parseInt(part, 16) / 255) * 10_000) / 10_000))
    .join(' ');
}
