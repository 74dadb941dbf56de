/** Small pictures of how an entry is drawn, by the code that draws the map. Pure. */
import type { LayerDraw } from '../../../geodata/catalogue/layer-definition.ts';
import type { Box, Mark } from '../page.ts';
import { type DrawSizes, fillMarks, hatchMarks, strokeMarks } from './draw-parts.ts';
import type { DrawForm } from './map-layer.ts';
import { boxPath, linesPath } from './path-data.ts';
import { symbolMarks, symbolSizeMm } from './symbol-marks.ts';

/**
 * Marks within the box: the symbol in its middle at the size it has on the map (or smaller, to fit), else an area filling
 * it, a line across it, or a band with its line. `sizes`: DrawnLayer's, so that widths are those of the map.
 */
export function legendSwatch(
  draw: LayerDraw,
  form: DrawForm,
  box: Box,
  sizes: DrawSizes = { line: 1, size: 1 },
): Mark[] {
  const middleY = box.y + box.height / 2;
  if (form === 'symbol') {
    if (draw.symbol === undefined) return [];
    const size = Math.min(symbolSizeMm(draw.symbol, sizes.size), box.width, box.height * 1.15);
    return symbolMarks(draw.symbol, box.x + box.width / 2, middleY, size);
  }
  const across = linesPath([[box.x, middleY, box.x + box.width, middleY]]);
  if (form === 'line') return strokeMarks(draw.stroke, across, sizes.line, false);
  const inset = form === 'band' ? 0 : ((draw.stroke?.widthMm ?? 0) * sizes.line) / 2;
  const height = form === 'band' ? box.height * 0.6 : box.height - 2 * inset;
  const area: Box = { x: box.x + inset, y: middleY - height / 2, width: box.width - 2 * inset, height };
  const ring = [
    area.x,
    area.y,
    area.x + area.width,
    area.y,
    area.x + area.width,
    area.y + area.height,
    area.x,
    area.y + area.height,
    area.x,
    area.y,
  ];
  return [
    ...fillMarks(draw, [ring]),
    ...hatchMarks(draw, [[ring]], sizes),
    ...strokeMarks(draw.stroke, form === 'band' ? across : boxPath(area), sizes.line, false),
  ];
}
