/** Shapes of a sheet as they lie on its paper: TWKB in hundredths of a millimetre of the frame becomes millimetres of the page. */
import { readTwkbSequence, type TwkbGeometry } from '../../features/mvt/twkb.ts';
import type { Box } from '../page.ts';
import { shapeUnitsPerMm } from '../sheet-content.ts';

/** x and y in turn, millimetres from the top left corner of the page, y downwards. */
export type Run = number[];
/** Rings of one polygon, each closed. */
export type PaperPolygon = Run[];

export type PaperShape = { polygons: PaperPolygon[]; lines: Run[]; points: Run };

/**
 * One shape for each geometry, in order; an empty geometry gives a shape without parts. What clipping leaves of a
 * polygon as a line or a point has no area and is dropped where the shape has polygons. Throws for broken TWKB.
 */
export function readPaperShapes(bytes: Uint8Array, frame: Pick<Box, 'x' | 'y'>): PaperShape[] {
  return Array.from(readTwkbSequence(bytes), (geometry) => onPage(geometry, frame));
}

function onPage(geometry: TwkbGeometry, frame: Pick<Box, 'x' | 'y'>): PaperShape {
  const move = (run: Run): Run => {
    for (let index = 0; index < run.length; index += 2) {
      run[index] = frame.x + (run[index] ?? 0) / shapeUnitsPerMm;
      run[index + 1] = frame.y + (run[index + 1] ?? 0) / shapeUnitsPerMm;
    }
    return run;
  };
  switch (geometry.kind) {
    case 'polygon':
      return {
        polygons: geometry.polygons
          .map((rings) => rings.filter((ring) => ring.length >= 8).map(move))
          .filter((rings) => rings.length > 0),
        lines: [],
        points: [],
      };
    case 'line':
      return { polygons: [], lines: geometry.lines.filter((line) => line.length >= 4).map(move), points: [] };
    case 'point':
      return { polygons: [], lines: [], points: move(geometry.points) };
  }
}
