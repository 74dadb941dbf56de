/** Photos before and after, side by side, each whole and with its moment and day. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import type { Mark } from '../page.ts';
import type { SitePhoto } from '../sheet-content.ts';
import { say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { panelIn } from './panel.ts';
import { nothing, type PartInput, type SheetPart } from './part.ts';
import { baselineInRow, boxAt, hairline, mm, mmPerPt, softInk, textAt } from './pen.ts';
import { cutLine } from './text-block.ts';

const CAPTION_PT = 8;
const MOST = 4;
const momentWords: Record<NonNullable<SitePhoto['moment']>, Bilingual> = {
  before: sheetWords.before,
  during: sheetWords.during,
  after: sheetWords.after,
};

export const sitePhotosPart: SheetPart = (input, box) => {
  const { site } = input.content;
  if (site === null) return nothing;
  const { language, factor } = input;
  const { marks, room } = panelIn(box, say(sheetWords.photos, language), factor);
  const photos = site.photos.slice(0, MOST);
  const count = Math.max(2, photos.length);
  const gap = 2.5 * factor;
  const captionHeight = CAPTION_PT * factor * mmPerPt * 1.5;
  const width = (room.width - gap * (count - 1)) / count;
  const height = Math.max(1, room.height - captionHeight);
  for (let index = 0; index < count; index += 1) {
    const place = { x: room.x + index * (width + gap), y: room.y, width, height };
    const photo = photos[index];
    const caption = photo === undefined ? emptyCaption(index, input) : captionOf(photo, input);
    const sizePt = CAPTION_PT * factor;
    if (photo === undefined) marks.push(boxAt(place, { fill: '#F3F4F1', stroke: hairline, widthMm: 0.15 }));
    else marks.push(photoMark(photo, place, caption));
    const words = cutLine(caption, width, sizePt, 'regular');
    marks.push(
      textAt(words, place.x + width / 2, baselineInRow(room.y + height, captionHeight, sizePt), {
        sizePt,
        align: 'middle',
        color: softInk,
      }),
    );
  }
  return { marks, notices: [] };
};

/** Whole in its place, whatever its proportions. */
function photoMark(
  photo: SitePhoto,
  place: { x: number; y: number; width: number; height: number },
  title: string,
): Mark {
  const width = Math.min(place.width, place.height * photo.aspect);
  const height = width / photo.aspect;
  return {
    kind: 'image',
    bytes: photo.bytes,
    x: mm(place.x + (place.width - width) / 2),
    y: mm(place.y + (place.height - height) / 2),
    width: mm(width),
    height: mm(height),
    title,
  };
}

function captionOf({ moment, takenOn }: SitePhoto, { language }: PartInput): string {
  const words = say(moment === null ? sheetWords.unplaced : momentWords[moment], language);
  return takenOn === null ? words : `${words} ${takenOn}`;
}

function emptyCaption(index: number, { content, language }: PartInput): string {
  const photos = content.site?.photos ?? [];
  const missing = photos.some(({ moment }) => moment === 'before') ? sheetWords.after : sheetWords.before;
  const which = photos.length === 0 && index === 1 ? sheetWords.after : missing;
  const colon = language === 'en' ? ': ' : ':';
  return `${say(which, language)}${colon}${say(sheetWords.noPhotos, language)}`;
}
