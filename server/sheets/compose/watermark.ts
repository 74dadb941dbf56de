/** User and time across a sheet of 工作秘密(内部): faint enough to read the map, large enough not to be cut away. */
import type { Box, Mark } from '../page.ts';
import { textWidthMm } from '../text/measure-text.ts';
import { ink, mm, mmPerPt } from './pen.ts';

const OPACITY = 0.07;
const DEGREES = -28;
const LARGEST_PT = 60;
const SHARE_OF_DIAGONAL = 0.62;

/** Over the middle of the box, rising to the right; none for null. */
export function watermark(text: string | null, box: Box, factor: number): Mark[] {
  if (text === null || text === '') return [];
  const diagonal = Math.hypot(box.width, box.height);
  const atOnePoint = textWidthMm(text, 1, 'bold');
  const sizePt = Math.min(LARGEST_PT * factor, Math.floor((diagonal * SHARE_OF_DIAGONAL) / atOnePoint));
  const turned = (DEGREES * Math.PI) / 180;
  const down = (sizePt * mmPerPt) / 3;
  return [
    {
      kind: 'text',
      text,
      x: mm(box.x + box.width / 2 - down * Math.sin(turned)),
      y: mm(box.y + box.height / 2 + down * Math.cos(turned)),
      sizePt: Math.max(sizePt, 6),
      weight: 'bold',
      color: ink,
      align: 'middle',
      degrees: DEGREES,
      opacity: OPACITY,
    },
  ];
}
