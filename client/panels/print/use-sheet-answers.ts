/** What the service says of the sheet at hand, a moment after its last change; and the frame on the map by it. */
import { useEffect, useRef } from 'react';
import type { SheetSpec } from '../../../geodata/contract/sheets.ts';
import { useSheetPlan, useSheetPreview } from '../../api/sheets.ts';
import { type Extent, type LngLat, useAppState } from '../../state/app-state.ts';
import { compactSheet } from '../../state/sheet-link.ts';
import { useDelayedValue } from '../search/delayed-value.ts';
import { isComplete } from './sheet-from-map.ts';

const PAUSE_MS = 350;

export function useSheetAnswers(sheet: SheetSpec) {
  const now = isComplete(sheet) ? JSON.stringify(compactSheet(sheet)) : '';
  const asked = useDelayedValue(now, PAUSE_MS);
  const plan = useSheetPlan(asked);
  const preview = useSheetPreview(asked);
  const settled = now === asked && asked !== '';
  const planned = settled && plan.data !== undefined && !plan.isPlaceholderData;
  useFrame(sheet, planned ? plan.data : undefined);
  return {
    plan,
    preview,
    /** The plan shown is the one of this sheet, not of the one before. */
    isPlanned: planned && !plan.isError,
  };
}

type Planned = { frameRing: LngLat[]; center: LngLat; scale: number };

/** Puts the frame on the map, and the map where the frame is: unless the reader has moved the frame there. */
function useFrame(sheet: SheetSpec, plan: Planned | undefined): void {
  const place = useRef('');
  const { template, paper, orientation, scale, area } = sheet;
  const wanted = JSON.stringify([template, paper, orientation, scale, area]);
  useEffect(() => {
    const { setSheetFrame, requestView, viewExtent } = useAppState.getState();
    if (plan === undefined) return;
    setSheetFrame({ ring: plan.frameRing, center: plan.center, scale: plan.scale });
    if (place.current === wanted) return;
    const isFirst = place.current === '';
    place.current = wanted;
    const extent = extentOfRing(plan.frameRing);
    const isInSight = viewExtent !== null && isWellInside(extent, viewExtent);
    if ((isFirst || area.kind === 'center') && isInSight) return;
    requestView({ extent });
  }, [plan, wanted, area.kind]);
  useEffect(() => () => useAppState.getState().setSheetFrame(null), []);
}

export function extentOfRing(ring: readonly LngLat[]): Extent {
  const lngs = ring.map(([lng]) => lng);
  const lats = ring.map(([, lat]) => lat);
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

/** Less than this share of the window is too small to be seen well. */
const SMALL = 0.45;

/** Whole in the window and not lost in it. */
function isWellInside([west, south, east, north]: Extent, view: Extent): boolean {
  const isInside = west >= view[0] && south >= view[1] && east <= view[2] && north <= view[3];
  const share = Math.max((east - west) / (view[2] - view[0]), (north - south) / (view[3] - view[1]));
  return isInside && share > SMALL;
}
