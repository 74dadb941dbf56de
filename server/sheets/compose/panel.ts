/** The framed boxes of the right column: a thin frame, a bold heading, and what is left for the content. */
import type { Box, Mark } from '../page.ts';
import { baselineInRow, boxAt, ink, inside, mmPerPt, textAt } from './pen.ts';

const HEADING_PT = 11;

export type Panel = { marks: Mark[] /** Room below the heading. */; room: Box };

/** Height of frame padding and heading together. */
export function panelOverhead(factor: number): number {
  return headingHeight(factor) + 2 * padding(factor);
}

/** Frame and heading; a heading of '' takes no room. */
export function panelIn(box: Box, heading: string, factor: number): Panel {
  const frame = boxAt(box, { stroke: ink, widthMm: 0.25 });
  const room = inside(box, padding(factor));
  if (heading === '') return { marks: [frame], room };
  const height = headingHeight(factor);
  const sizePt = HEADING_PT * factor;
  const y = baselineInRow(room.y, HEADING_PT * factor * mmPerPt * 1.2, sizePt);
  return {
    marks: [frame, textAt(heading, room.x, y, { sizePt, weight: 'bold' })],
    room: { ...room, y: room.y + height, height: Math.max(0, room.height - height) },
  };
}

function padding(factor: number): number {
  return 2.6 * factor;
}

function headingHeight(factor: number): number {
  return HEADING_PT * factor * mmPerPt * 1.2 + 1.4 * factor;
}
