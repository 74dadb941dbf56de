/**
 * A page as SVG: millimetres, text as glyph outlines so that it needs no font, the same bytes for the same page.
 * What a text says stands in aria-label for readers, finders and tests.
 */
import type { FontWeight, Mark, Page, PageStroke, Paint, PathMark, TextMark } from '../page.ts';
import { glyphHaloOutline, glyphOutline } from '../text/glyph-outline.ts';
import { shapeText } from '../text/shape-text.ts';
import { mmPerPt, unitsPerEm } from '../text/sheet-fonts.ts';
import { countSymbols, type Drawing, gatherSymbols } from './page-symbols.ts';
import { precise, rounded } from './rounded.ts';

/** A page drawn once, to be framed by any view box. */
export type SvgBody = { title: string; language: string; content: string };

type Context = { glyphs: Set<string>; symbols: Map<string, string>; definitions: string[]; ids: Set<string> };

/** The whole page, width and height in millimetres. */
export function writeSvg(page: Page): string {
  const size = { width: `${rounded(page.widthMm)}mm`, height: `${rounded(page.heightMm)}mm` };
  return frameSvg(svgBody(page), size, `0 0 ${rounded(page.widthMm)} ${rounded(page.heightMm)}`);
}

/** What stands in the root element, white paper first. */
export function svgBody(page: Page): SvgBody {
  const context: Context = { glyphs: new Set(), symbols: new Map(), definitions: [], ids: new Set() };
  for (const [key, count] of countSymbols(page.marks)) {
    if (count > 1) context.symbols.set(key, `symbol-${context.symbols.size + 1}`);
  }
  const parts: string[] = [];
  drawAll(page.marks, context, parts);
  const paper = `<rect width="${rounded(page.widthMm)}" height="${rounded(page.heightMm)}" fill="#FFFFFF"/>`;
  const definitions =
    context.definitions.length > 0 ? `<defs>${context.definitions.join('\n')}</defs>\n` : '';
  return {
    title: page.title,
    language: page.language,
    content: `${paper}\n${definitions}${parts.join('\n')}`,
  };
}

/** The body in a root element of the given size and view box. */
export function frameSvg(
  { title, language, content }: SvgBody,
  { width, height }: { width: string; height: string },
  viewBox: string,
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xml:lang="${language}" width="${width}" height="${height}" viewBox="${viewBox}" fill="none" fill-rule="evenodd" clip-rule="evenodd" stroke-linejoin="round">
<title>${escapeXml(title)}</title>
${content}
</svg>
`;
}

/** For text and for attributes in double quotes; characters XML cannot hold are left out. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function drawAll(marks: readonly Mark[], context: Context, parts: string[]): void {
  for (const drawing of gatherSymbols(marks)) draw(drawing, context, parts);
}

function draw(drawing: Drawing, context: Context, parts: string[]): void {
  switch (drawing.kind) {
    case 'path':
      parts.push(pathElement(drawing));
      break;
    case 'symbol': {
      const { x, y, scale, degrees } = drawing.at;
      const turned = degrees === undefined || degrees === 0 ? '' : ` rotate(${rounded(degrees)})`;
      const transform = `translate(${rounded(x)} ${rounded(y)})${turned} scale(${precise(scale)})`;
      const id = context.symbols.get(drawing.key);
      if (id !== undefined && !context.ids.has(id)) {
        context.ids.add(id);
        context.definitions.push(`<g id="${id}">${drawing.marks.map(pathElement).join('')}</g>`);
      }
      parts.push(
        id === undefined
          ? `<g transform="${transform}">${drawing.marks.map(pathElement).join('')}</g>`
          : `<use href="#${id}" transform="${transform}"/>`,
      );
      break;
    }
    case 'text':
      drawText(drawing, context, parts);
      break;
    case 'image': {
      const data = Buffer.from(drawing.bytes).toString('base64');
      const type = drawing.bytes[0] === 0xff ? 'jpeg' : 'png';
      parts.push(
        `<image role="img" aria-label="${escapeXml(drawing.title)}" x="${rounded(drawing.x)}" y="${rounded(drawing.y)}" width="${rounded(drawing.width)}" height="${rounded(drawing.height)}" preserveAspectRatio="none" href="data:image/${type};base64,${data}"/>`,
      );
      break;
    }
    case 'clip': {
      const id = freshId('clip', context);
      context.definitions.push(`<clipPath id="${id}"><path d="${pathData(drawing.d)}"/></clipPath>`);
      parts.push(`<g clip-path="url(#${id})">`);
      drawAll(drawing.marks, context, parts);
      parts.push('</g>');
      break;
    }
    case 'group':
      parts.push(`<g id="${freshId(drawing.id, context)}">`);
      drawAll(drawing.marks, context, parts);
      parts.push('</g>');
  }
}

function pathElement({ d, fill, stroke }: PathMark): string {
  return `<path d="${pathData(d)}"${fillOf(fill)}${strokeOf(stroke)}/>`;
}

function fillOf(fill: Paint | undefined): string {
  return fill === undefined ? '' : ` fill="${escapeXml(fill.color)}"${opacityOf('fill', fill.opacity)}`;
}

function strokeOf(stroke: PageStroke | undefined): string {
  if (stroke === undefined) return '';
  const dash = stroke.dashMm?.length ? ` stroke-dasharray="${stroke.dashMm.map(rounded).join(' ')}"` : '';
  const cap = stroke.cap === undefined ? '' : ` stroke-linecap="${stroke.cap}"`;
  const join = stroke.join === undefined ? '' : ` stroke-linejoin="${stroke.join}"`;
  return ` stroke="${escapeXml(stroke.color)}" stroke-width="${rounded(stroke.widthMm)}"${dash}${cap}${join}${opacityOf('stroke', stroke.opacity)}`;
}

function opacityOf(of: 'fill' | 'stroke', opacity: number | undefined): string {
  return opacity === undefined || opacity === 1 ? '' : ` ${of}-opacity="${rounded(opacity)}"`;
}

function drawText(mark: TextMark, context: Context, parts: string[]): void {
  const { glyphs, width } = shapeText(mark.text, mark.weight);
  const scale = (mark.sizePt * mmPerPt) / unitsPerEm;
  let pen = mark.align === 'start' ? 0 : mark.align === 'middle' ? -width / 2 : -width;
  let uses = '';
  let haloUses = '';
  for (const { id, advance, dx, dy } of glyphs) {
    const glyph = defineGlyph(id, mark.weight, context);
    if (glyph !== null) {
      const y = dy === 0 ? '' : ` y="${rounded(-dy)}"`;
      const place = `x="${rounded(pen + dx)}"${y}`;
      uses += `<use href="#${glyph}" ${place}/>`;
      if (mark.halo !== undefined)
        haloUses += `<use href="#${defineHalo(id, mark.weight, context)}" ${place}/>`;
    }
    pen += advance;
  }
  if (uses === '') return;
  const turned = mark.degrees ? ` rotate(${rounded(mark.degrees)})` : '';
  const transform = `translate(${rounded(mark.x)} ${rounded(mark.y)})${turned} scale(${precise(scale)})`;
  const opacity = opacityOf('fill', mark.opacity);
  const halo =
    mark.halo === undefined
      ? ''
      : `<g fill="none" stroke-linejoin="bevel" stroke="${escapeXml(mark.halo.color)}" stroke-width="${rounded(mark.halo.widthMm / scale)}"${opacityOf('stroke', mark.opacity)}>${haloUses}</g>`;
  parts.push(
    `<g role="img" aria-label="${escapeXml(mark.text)}" transform="${transform}" fill="${escapeXml(mark.color)}"${opacity} fill-rule="nonzero">${halo}${uses}</g>`,
  );
}

/** Id of a glyph's outline; null where it has none, as a space. */
function defineGlyph(glyph: number, weight: FontWeight, { glyphs, definitions }: Context): string | null {
  const d = glyphOutline(glyph, weight);
  if (d === '') return null;
  const id = `${weight === 'bold' ? 'b' : 'r'}${glyph}`;
  if (!glyphs.has(id)) {
    glyphs.add(id);
    definitions.push(`<path id="${id}" d="${d}"/>`);
  }
  return id;
}

/** Id of the simpler outline below a glyph that has one. */
function defineHalo(glyph: number, weight: FontWeight, { glyphs, definitions }: Context): string {
  const id = `${weight === 'bold' ? 'b' : 'r'}${glyph}h`;
  if (!glyphs.has(id)) {
    glyphs.add(id);
    definitions.push(`<path id="${id}" d="${glyphHaloOutline(glyph, weight)}"/>`);
  }
  return id;
}

/** Readable and unique in the page: the asked id, with a number from its second use on. */
function freshId(asked: string, { ids }: Context): string {
  const named = asked.replace(/[^\p{L}\p{N}_.-]+/gu, '-').replace(/^[^\p{L}_]+/u, '') || 'group';
  // Not what glyphs and symbols are called.
  const base = /^([rb]\d+h?|symbol-\d+)$/.test(named) ? `${named}-group` : named;
  let id = base;
  for (let number = 2; ids.has(id); number += 1) id = `${base}-${number}`;
  ids.add(id);
  return id;
}

function pathData(d: string): string {
  return escapeXml(d.replace(/-?\d*\.\d{4,}(?:[eE][-+]?\d+)?/g, (value) => rounded(Number(value))));
}
