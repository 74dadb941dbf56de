/** 拐点坐标 of a site beside its map: the CRS by name, as many vertices as fit, and how many stand on following pages. */

import type { SheetNotice } from '../../../geodata/contract/sheets.ts';
import type { Box } from '../page.ts';
import type { SheetCrs, SiteContent } from '../sheet-content.ts';
import { crsLine } from '../words/crs-line.ts';
import { printNumber } from '../words/quantities.ts';
import { type SheetLanguage, say } from '../words/sheet-language.ts';
import { sheetPhrases } from '../words/sheet-phrases.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { panelIn } from './panel.ts';
import { nothing, type SheetPart } from './part.ts';
import { baselineInRow, mmPerPt, softInk, textAt } from './pen.ts';
import { blockIn } from './text-block.ts';
import { type VertexItem, vertexCapacity, vertexItems, vertexMarks } from './vertex-list.ts';

const LARGEST_PT = 7.5;
const LEAST_PT = 5;

export const siteVerticesPart: SheetPart = ({ content, language, factor }, box) => {
  const { site } = content;
  if (site === null) return nothing;
  const { marks, room } = panelIn(box, say(sheetWords.vertices, language), factor);
  const setting = vertexSetting(site, room, factor, language);
  marks.push(...blockIn([vertexCrsLine(site.vertexCrs, language)], setting.crsBox, crsLook(factor)).marks);
  if (setting.items.length === 0) {
    const y = baselineInRow(setting.room.y, 5 * factor, LARGEST_PT * factor);
    marks.push(
      textAt(say(sheetWords.noVertices, language), room.x, y, {
        sizePt: LARGEST_PT * factor,
        color: softInk,
      }),
    );
    return { marks, notices: [] };
  }
  const list = vertexMarks(setting.items.slice(0, setting.shown), setting.room, setting.sizePt, language);
  marks.push(...list.marks);
  if (setting.left > 0) {
    const more = sheetPhrases.moreVertices[language](printNumber(setting.left, language));
    const y = baselineInRow(room.y + room.height - setting.moreHeight, setting.moreHeight, setting.sizePt);
    marks.push(textAt(more, room.x, y, { sizePt: setting.sizePt, weight: 'bold' }));
  }
  return { marks, notices: setting.left > 0 ? [verticesLeft(setting.left)] : [] };
};

/** Only a PDF has further pages. */
function verticesLeft(count: number): SheetNotice {
  return {
    id: 'vertices_left',
    severity: 'info',
    text: {
      zh: `另有 ${count} 个拐点放不下:PDF 列在续页,图片和 SVG 只有本页。`,
      en: `${count} vertices do not fit: a PDF lists them on following pages, pictures and SVG have this page only.`,
    },
  };
}

export type VertexSetting = {
  items: VertexItem[];
  /** Items that stand beside the map. */
  shown: number;
  /** Vertices that do not. */
  left: number;
  sizePt: number;
  room: Box;
  crsBox: Box;
  moreHeight: number;
};

/** At the largest size at which all fit; else at the least with a line for what is left. */
export function vertexSetting(
  site: SiteContent,
  room: Box,
  factor: number,
  language: SheetLanguage,
): VertexSetting {
  const items = vertexItems(site, language);
  const crsWords = [vertexCrsLine(site.vertexCrs, language)];
  const crsHeight =
    blockIn(crsWords, { ...room, height: 6 * factor }, crsLook(factor)).heightMm + 0.8 * factor;
  const crsBox = { ...room, height: crsHeight };
  const listRoom = { ...room, y: room.y + crsHeight, height: Math.max(0, room.height - crsHeight) };
  const least = Math.max(4.8, LEAST_PT * factor);
  for (let sizePt = LARGEST_PT * factor; sizePt >= least; sizePt -= 0.25) {
    if (vertexCapacity(items, listRoom, sizePt) >= items.length) {
      return { items, shown: items.length, left: 0, sizePt, room: listRoom, crsBox, moreHeight: 0 };
    }
  }
  const moreHeight = least * mmPerPt * 1.5;
  const shortRoom = { ...listRoom, height: Math.max(0, listRoom.height - moreHeight) };
  const shown = Math.min(items.length, vertexCapacity(items, shortRoom, least));
  const left = items.slice(shown).filter(({ kind }) => kind === 'vertex').length;
  return { items, shown, left, sizePt: least, room: shortRoom, crsBox, moreHeight };
}

/** The CRS of the coordinates with zone and meridian, and their unit. */
export function vertexCrsLine(crs: SheetCrs, language: SheetLanguage): string {
  const zone = crs.zone === null ? '' : language === 'en' ? ` · zone ${crs.zone}` : ` · ${crs.zone} 带`;
  return `${crsLine(crs, language)}${zone} · ${say(sheetWords.metres, language)}`;
}

function crsLook(factor: number) {
  return { sizePt: 6.5 * factor, leastPt: 4.5, leading: 1.2, color: softInk, maxLines: 2 };
}
