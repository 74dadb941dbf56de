/** Pictures of the style, drawn when first asked for: no sprite file, sharp at any pixel density. */

import { hatchTile, type ShapePath, SYMBOL_BOX, symbolShapes } from '../../geodata/domain/symbol-shapes.ts';
import { parseImageId } from './image-id.ts';

/** Between two zooms MapLibre stretches a pattern to twice its size: this keeps it right on average. */
const HATCH_SCALE = 0.75;

export type DrawnImage = { data: ImageData; pixelRatio: number };

/** Symbols lie at fractions of a pixel; twice the density keeps their rims clean there. */
const MIN_PIXEL_RATIO = 2;

/** The picture with this id; null for an id of nobody. */
export function drawStyleImage(id: string, devicePixelRatio: number): DrawnImage | null {
  const image = parseImageId(id);
  if (image === null) return null;
  const pixelRatio = Math.max(MIN_PIXEL_RATIO, Math.ceil(devicePixelRatio));
  if (image.type === 'symbol') {
    const scale = (image.sizePx * pixelRatio) / SYMBOL_BOX;
    return {
      data: paint(Math.round(image.sizePx * pixelRatio), scale, symbolShapes(image.symbol)),
      pixelRatio,
    };
  }
  const { sizePx, d } = hatchTile(image.hatch);
  const lines: ShapePath = { d, stroke: image.hatch.color, strokeWidth: image.hatch.widthPx };
  return { data: paint(sizePx * pixelRatio, pixelRatio, [lines]), pixelRatio: pixelRatio / HATCH_SCALE };
}

function paint(sizePixels: number, scale: number, shapes: ShapePath[]): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = sizePixels;
  canvas.height = sizePixels;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives no 2D canvas');
  context.scale(scale, scale);
  context.lineCap = 'butt';
  context.lineJoin = 'round';
  for (const shape of shapes) {
    const path = new Path2D(shape.d);
    if (shape.fill !== undefined) {
      context.fillStyle = shape.fill;
      context.fill(path);
    }
    if (shape.stroke !== undefined) {
      context.strokeStyle = shape.stroke;
      context.lineWidth = shape.strokeWidth ?? 1;
      context.stroke(path);
    }
  }
  return context.getImageData(0, 0, sizePixels, sizePixels);
}
