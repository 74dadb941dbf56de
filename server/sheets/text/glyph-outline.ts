/** Outlines of glyphs as path data, drawn once a process: the same for SVG, PNG and the halos of a PDF. */
import type { FontWeight } from '../page.ts';
import { sheetFont } from './sheet-fonts.ts';

const outlines: Record<FontWeight, Map<number, string>> = { regular: new Map(), bold: new Map() };

/** Path data in thousandths of the size from the pen's place, y downwards, filled by non-zero; '' for a space. */
export function glyphOutline(id: number, weight: FontWeight): string {
  let outline = outlines[weight].get(id);
  if (outline === undefined) {
    outline = drawGlyph(id, weight);
    outlines[weight].set(id, outline);
  }
  return outline;
}

function drawGlyph(id: number, weight: FontWeight): string {
  let d = '';
  let [penX, penY] = [0, 0];
  const letters = { moveTo: 'm', lineTo: 'l', quadraticCurveTo: 'q', bezierCurveTo: 'c', closePath: 'z' };
  let [startX, startY] = [0, 0];
  for (const { command, args } of sheetFont(weight).face.getGlyph(id).path.commands) {
    d += letters[command];
    const [fromX, fromY] = [penX, penY];
    for (let index = 0; index < args.length; index += 2) {
      penX = Math.round(args[index] ?? 0);
      penY = Math.round(-(args[index + 1] ?? 0));
      const [x, y] = [penX - fromX, penY - fromY];
      d += `${index > 0 && x >= 0 ? ' ' : ''}${x}${y < 0 ? '' : ' '}${y}`;
    }
    if (command === 'moveTo') [startX, startY] = [penX, penY];
    if (command === 'closePath') [penX, penY] = [startX, startY];
  }
  return d;
}
