/** Puts a page together: the map, its lines and arrow, and every part of its layout. Pure: the same content, the same page. */
import type { SheetNotice } from '../../../geodata/contract/sheets.ts';
import { type SheetPartId, sheetParts } from '../../../geodata/domain/sheet-parts.ts';
import { drawMap } from '../map/draw-map.ts';
import type { Mark, Page } from '../page.ts';
import type { SheetContent } from '../sheet-content.ts';
import { missingCharacters } from '../text/drawable-text.ts';
import { attribution } from './attribution.ts';
import { fittedParts } from './fitted-parts.ts';
import { blankBorder, hasBorder, neatLines } from './neat-lines.ts';
import { northArrow } from './north-arrow.ts';
import { type PartInput, SLIDE_TEXT } from './part.ts';
import { boxAt, groupOf } from './pen.ts';
import { shadeCounties } from './shade-counties.ts';
import { sheetPartDrawers } from './sheet-parts.ts';
import { sheetTitle } from './sheet-title.ts';
import { headlineWords } from './slide-headline.ts';
import { watermark } from './watermark.ts';

const PAPER = '#FFFFFF';
const MAP_PANEL = '#F0F1EE';

/** The page and what to know before it is printed; those of the plan are not repeated. Throws for shapes that are not TWKB. */
export function composeSheet(given: SheetContent): { page: Page; notices: SheetNotice[] } {
  const content = shadeCounties(given);
  const { plan } = content;
  const { layout } = plan;
  const map = drawMap(content);
  const input: PartInput = {
    content,
    language: plan.spec.language,
    factor: layout.sizeFactor * (plan.spec.template === 'slide' ? SLIDE_TEXT : 1),
    drawn: map.drawn,
    mapMarks: map.marks,
  };
  const parts = drawParts(input);
  const marks: Mark[] = [
    boxAt({ x: 0, y: 0, width: plan.widthMm, height: plan.heightMm }, { fill: PAPER }),
    ...mapPanel(input),
    groupOf('border', blankBorder(layout)),
    groupOf('map', map.marks),
    groupOf('neat-lines', neatLines(layout)),
    ...(hasBorder(layout) ? [groupOf('north-arrow', northArrow(input, map.arrowBox))] : []),
    groupOf('attribution', attribution(input)),
    ...parts.marks,
    groupOf('watermark', watermark(content.watermark, watermarkBox(content), layout.sizeFactor)),
  ].filter((mark) => mark.kind !== 'group' || mark.marks.length > 0);
  const page: Page = {
    widthMm: plan.widthMm,
    heightMm: plan.heightMm,
    title: pageTitle(input),
    language: plan.spec.language,
    marks,
    map: plan.map,
  };
  return { page, notices: unique([...map.notices, ...parts.notices, ...missingNotices(page)]) };
}

function drawParts(input: PartInput): { marks: Mark[]; notices: SheetNotice[] } {
  const boxes = fittedParts(input);
  const drawn = sheetParts.flatMap((id: SheetPartId) => {
    const box = boxes[id];
    return box === undefined ? [] : [{ id, ...sheetPartDrawers[id](input, box) }];
  });
  return {
    marks: drawn.flatMap(({ id, marks }) => (marks.length === 0 ? [] : [groupOf(id, marks)])),
    notices: drawn.flatMap(({ notices }) => notices),
  };
}

/** On a slide legend and map stand on one ground. */
function mapPanel({ content }: PartInput): Mark[] {
  const { frame, parts } = content.plan.layout;
  const { legend } = parts;
  if (content.plan.spec.template !== 'slide' || legend === undefined) return [];
  return [boxAt({ ...legend, width: frame.x + frame.width - legend.x }, { fill: MAP_PANEL })];
}

function watermarkBox({ plan }: SheetContent) {
  return plan.spec.template === 'site'
    ? { x: 0, y: 0, width: plan.widthMm, height: plan.heightMm }
    : plan.layout.outerFrame;
}

function pageTitle(input: PartInput): string {
  const title =
    input.content.plan.spec.template === 'slide'
      ? headlineWords(input)
      : sheetTitle(input.content, input.language);
  return title === '' ? input.content.plan.spec.template : title;
}

/** Characters that no font of the sheet has: drawn as □. */
function missingNotices({ marks }: Page): SheetNotice[] {
  const missing = new Set<string>();
  const look = (mark: Mark): void => {
    if (mark.kind === 'text') for (const character of missingCharacters(mark.text)) missing.add(character);
    else if (mark.kind === 'group' || mark.kind === 'clip') mark.marks.forEach(look);
  };
  marks.forEach(look);
  if (missing.size === 0) return [];
  const list = [...missing].slice(0, 20).join(' ');
  return [
    {
      id: 'missing_characters',
      severity: 'warning',
      text: {
        zh: `字体中没有这些字,图上以“□”代替:${list}`,
        en: `No font has these characters; they are drawn as “□”: ${list}`,
      },
    },
  ];
}

function unique(notices: readonly SheetNotice[]): SheetNotice[] {
  return [...new Map(notices.map((notice) => [`${notice.id} ${notice.text.zh}`, notice])).values()];
}
