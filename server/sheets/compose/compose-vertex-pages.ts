/** Pages that follow a site page whose 拐点坐标 do not fit beside its map. Pure. */
import type { Page } from '../page.ts';
import type { SheetContent } from '../sheet-content.ts';
import { say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { panelIn } from './panel.ts';
import { mmPerPt, softInk } from './pen.ts';
import { type PlainPage, plainPage, plainRoom } from './plain-page.ts';
import { sheetSubtitle, subjectName } from './sheet-title.ts';
import { vertexCrsLine, vertexSetting } from './site-vertices.ts';
import { blockIn } from './text-block.ts';
import { type VertexItem, vertexCapacity, vertexMarks } from './vertex-list.ts';

const LIST_PT = 8.5;

/** All vertices that the site page leaves out, in order; none where it has them all. `page` is that of the first. */
export function composeVertexPages(content: SheetContent, page: PlainPage['page'] = null): Page[] {
  const { site, plan } = content;
  const box = plan.layout.parts.siteVertices;
  if (site === null || box === undefined) return [];
  const { language } = plan.spec;
  const beside = vertexSetting(
    site,
    panelIn(box, ' ', plan.layout.sizeFactor).room,
    plan.layout.sizeFactor,
    language,
  );
  let rest = withHeading(beside.items, beside.shown);
  const paper = { paper: plan.spec.paper, orientation: plan.orientation };
  const { factor, room } = plainRoom(paper);
  const crsHeight = LIST_PT * factor * mmPerPt * 2;
  const listRoom = { ...room, y: room.y + crsHeight, height: room.height - crsHeight };
  const pages: Page[] = [];
  while (rest.length > 0) {
    const capacity = vertexCapacity(beside.items, listRoom, LIST_PT * factor);
    const crs = blockIn(
      [vertexCrsLine(site.vertexCrs, language)],
      { ...room, height: crsHeight },
      {
        sizePt: LIST_PT * factor,
        color: softInk,
        maxLines: 1,
      },
    );
    const list = vertexMarks(rest.slice(0, capacity), listRoom, LIST_PT * factor, language);
    pages.push(
      plainPage(
        {
          ...paper,
          title: `${subjectName(content, language)}${language === 'en' ? ': ' : ''}${say(sheetWords.vertices, language)}${say(sheetWords.continued, language)}`,
          subtitle: sheetSubtitle(content, language),
          language,
          classification: plan.spec.classification,
          bureau: plan.spec.slots.producer ?? say(content.bureau, language),
          date: content.date,
          hasSampleData: content.hasSampleData,
          watermark: content.watermark,
          page: page === null ? null : { ...page, number: page.number + pages.length },
        },
        [...crs.marks, ...list.marks],
      ),
    );
    rest = withHeading(rest, list.shown);
  }
  return pages;
}

/** What is left from a position on; within a ring its heading comes first again. */
function withHeading(items: readonly VertexItem[], from: number): VertexItem[] {
  const rest = items.slice(from);
  if (rest.length === 0 || rest[0]?.kind !== 'vertex') return rest;
  const heading = items.slice(0, from).findLast(({ kind }) => kind === 'ring');
  return heading === undefined ? rest : [heading, ...rest];
}
