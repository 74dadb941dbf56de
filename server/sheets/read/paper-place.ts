/** Where the paper of a plan lies, as statements ask for it. */

import type { Queryable } from '../../db/database.ts';
import type { PaperPlace } from '../../db/layer-sheet-sql.ts';
import { frameOutline } from '../plan/frame-outline.ts';
import type { SheetPlan } from '../sheet-content.ts';

/** Drawn round the frame, so that strokes are cut by the frame and not by the clip. */
const clipMarginMm = 6;
/** What is thinned may lie so far beside its place. */
const toleranceMm = 0.1;
const metersPerDegree = 111_320;

/**
 * Throws UnprocessableError where the frame leaves its CRS. The clip is by degrees, whose long straight edges are bent on paper by up
 * to Δλ²/8 · sin φ · cos φ: the margin leaves room for that too.
 */
export async function paperPlace(
  client: Queryable,
  { map, scale }: Pick<SheetPlan, 'map' | 'scale'>,
): Promise<PaperPlace> {
  const ring = await frameOutline(client, map, { marginMm: clipMarginMm });
  const [lngs, lats] = [ring.map(([lng]) => lng), ring.map(([, lat]) => lat)];
  const [west, south, east, north] = [
    Math.min(...lngs),
    Math.min(...lats),
    Math.max(...lngs),
    Math.max(...lats),
  ];
  const bend = (((east - west) * Math.PI) / 180) ** 2 * (180 / Math.PI / 8);
  return {
    srid: map.srid,
    minX: map.minX,
    maxY: map.maxY,
    unitsPerMm: map.metersPerMm,
    widthMm: map.frame.width,
    heightMm: map.frame.height,
    extentDegrees: [
      Math.max(west - bend, -180),
      Math.max(south - bend, -90),
      Math.min(east + bend, 180),
      Math.min(north + bend, 90),
    ],
    toleranceDegrees: (toleranceMm * scale) / 1000 / metersPerDegree,
  };
}
