/** The lines round the map: outer 0.7 mm, inner 0.25 mm, the border between them white; one thin line without a border. */
import type { SheetLayout } from '../../../geodata/domain/sheet-layout.ts';
import type { Mark } from '../page.ts';
import { boxAt, boxPath, hairline, ink } from './pen.ts';

const OUTER_MM = 0.7;
const INNER_MM = 0.25;

/** Whether there is a border for the labels of the graticule. */
export function hasBorder({ outerFrame, frame }: SheetLayout): boolean {
  return outerFrame.width > frame.width;
}

/** To be drawn above the map, so that nothing of it stands out of its frame. */
export function neatLines(layout: SheetLayout): Mark[] {
  if (!hasBorder(layout)) return [boxAt(layout.frame, { stroke: hairline, widthMm: INNER_MM })];
  return [
    boxAt(layout.frame, { stroke: ink, widthMm: INNER_MM }),
    boxAt(layout.outerFrame, { stroke: ink, widthMm: OUTER_MM }),
  ];
}

/** The border blank, below the map and its graticule. */
export function blankBorder(layout: SheetLayout): Mark[] {
  if (!hasBorder(layout)) return [];
  return [
    { kind: 'path', d: `${boxPath(layout.outerFrame)}${boxPath(layout.frame)}`, fill: { color: '#FFFFFF' } },
  ];
}
