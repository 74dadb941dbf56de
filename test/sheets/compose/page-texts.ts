/** What stands on a page as text, and where: for tests of sheets. */
import type { Mark, Page, TextMark } from '../../../server/sheets/page.ts';
import { textWidthMm } from '../../../server/sheets/text/measure-text.ts';

export type PlacedText = { group: string; text: string; x: number; y: number; width: number; height: number };

/** Every text mark with the group it stands in; '' outside of all. */
export function textMarks(page: Pick<Page, 'marks'>): { group: string; mark: TextMark }[] {
  const walk = (marks: readonly Mark[], group: string): { group: string; mark: TextMark }[] =>
    marks.flatMap((mark) => {
      if (mark.kind === 'text') return [{ group, mark }];
      if (mark.kind === 'group') return walk(mark.marks, group === '' ? mark.id : group);
      return mark.kind === 'clip' ? walk(mark.marks, group) : [];
    });
  return walk(page.marks, '');
}

/** Texts of a group as they follow each other; of the whole page without one. */
export function textsOf(page: Pick<Page, 'marks'>, group?: string): string[] {
  return textMarks(page)
    .filter((one) => group === undefined || one.group === group)
    .map(({ mark }) => mark.text);
}

/** Boxes of the texts of the furniture: not of map, arrow and watermark. Heights as of Chinese characters, a little less. */
export function placedTexts(page: Pick<Page, 'marks'>): PlacedText[] {
  return textMarks(page)
    .filter(({ group }) => !['map', 'watermark', 'north-arrow', 'attribution'].includes(group))
    .map(({ group, mark }) => {
      const width = textWidthMm(mark.text, mark.sizePt, mark.weight);
      const size = (mark.sizePt * 25.4) / 72;
      const x = mark.x - { start: 0, middle: width / 2, end: width }[mark.align];
      return { group, text: mark.text, x, y: mark.y - size * 0.82, width, height: size * 0.88 };
    });
}

/** Pairs that share more than a tenth of a millimetre. */
export function overlappingTexts(texts: readonly PlacedText[]): string[] {
  const least = 0.1;
  return texts.flatMap((a, index) =>
    texts
      .slice(index + 1)
      .filter(
        (b) =>
          a.x + a.width > b.x + least &&
          b.x + b.width > a.x + least &&
          a.y + a.height > b.y + least &&
          b.y + b.height > a.y + least,
      )
      .map((b) => `${a.group} “${a.text}” meets ${b.group} “${b.text}”`),
  );
}
