/** What the source of the basemap wants printed of it, in the lower right corner of the map. */
import type { Mark } from '../page.ts';
import type { PartInput } from './part.ts';
import { ink, inside, mm } from './pen.ts';
import { blockIn } from './text-block.ts';

const WORDS_PT = 6.5;

export function attribution({ content, factor }: PartInput): Mark[] {
  if (content.basemap === null || content.basemap.attribution === '') return [];
  const { frame } = content.plan.layout;
  const box = inside(frame, 1.2 * factor);
  const block = blockIn([content.basemap.attribution], box, {
    sizePt: WORDS_PT * factor,
    align: 'end',
    stand: 'bottom',
    maxLines: 3,
    color: ink,
  });
  return block.marks.map((mark) => ({ ...mark, halo: { color: '#FFFFFF', widthMm: mm(0.7 * factor) } }));
}
