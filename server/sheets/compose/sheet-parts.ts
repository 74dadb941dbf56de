/** Who draws which part of a sheet. Adding a part = one file and one entry here; its place stands in the layouts. */
import type { SheetPartId } from '../../../geodata/domain/sheet-parts.ts';
import { checkLinePart } from './check-line.ts';
import { footerPart } from './footer.ts';
import { classificationPart, pageNumberPart, titlePart } from './head.ts';
import { imprintPart } from './imprint.ts';
import { insetPart } from './inset.ts';
import { legendPart } from './legend.ts';
import { notesPart } from './notes.ts';
import type { SheetPart } from './part.ts';
import { progressPart } from './progress-table.ts';
import { scaleBarPart } from './scale-bar.ts';
import { siteFactsPart } from './site-facts.ts';
import { sitePhotosPart } from './site-photos.ts';
import { siteTimelinePart } from './site-timeline.ts';
import { siteVerticesPart } from './site-vertices.ts';
import { headlinePart } from './slide-headline.ts';
import { issuesPart } from './slide-issues.ts';
import { rankingPart } from './slide-ranking.ts';
import { tilesPart } from './slide-tiles.ts';

export const sheetPartDrawers: Record<SheetPartId, SheetPart> = {
  title: titlePart,
  classification: classificationPart,
  pageNumber: pageNumberPart,
  inset: insetPart,
  legend: legendPart,
  progress: progressPart,
  notes: notesPart,
  imprint: imprintPart,
  scaleBar: scaleBarPart,
  checkLine: checkLinePart,
  siteFacts: siteFactsPart,
  siteVertices: siteVerticesPart,
  siteTimeline: siteTimelinePart,
  sitePhotos: sitePhotosPart,
  headline: headlinePart,
  tiles: tilesPart,
  ranking: rankingPart,
  issues: issuesPart,
  footer: footerPart,
};
