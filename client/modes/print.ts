/**
 * Composing a sheet: the paper frame is dragged or moved by the arrow keys; a click chooses the mine site of a site
 * page. The frame follows at once, the sheet at the end of the movement.
 */
import { sheetTemplates } from '../../geodata/domain/sheet-templates.ts';
import { isInRing, moveFrame } from '../map/move-frame.ts';
import { type LngLat, type SheetFrame, useAppState } from '../state/app-state.ts';
import { browse } from './browse.ts';
import type { Mode } from './mode.ts';

const SITE_LAYER = 'mine_sites';
/** Of the frame's width and height, by one press of an arrow key. */
const STEP = 0.05;
const FINE_STEP = 0.01;

const arrows: Record<string, LngLat> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The frame where it can be moved: a site page stays with its site. */
function movableFrame(): SheetFrame | null {
  const { sheet, sheetFrame } = useAppState.getState();
  return sheet !== null && sheetTemplates[sheet.template].areas.includes('center') ? sheetFrame : null;
}

let drag: { from: LngLat; frame: SheetFrame } | null = null;

/** Where the frame lies becomes what the sheet shows; the scale stays as it is. */
function settle(frame: SheetFrame): void {
  const { sheet, setSheet } = useAppState.getState();
  if (sheet === null) return;
  const [lng, lat] = frame.center;
  const center: LngLat = [Number(lng.toFixed(6)), Number(lat.toFixed(6))];
  setSheet({ ...sheet, area: { kind: 'center', center }, scale: frame.scale });
}

export const print: Mode = {
  enter() {},
  exit() {
    drag = null;
    browse.exit();
  },
  pointerMoved(pointer) {
    if (useAppState.getState().sheet?.template === 'site') browse.pointerMoved(pointer);
  },
  pointerLeft: browse.pointerLeft,
  clicked(pointer) {
    const { sheet, setSheet } = useAppState.getState();
    const picked = sheet?.template === 'site' ? pointer.pick() : null;
    if (sheet === null || picked?.layerId !== SITE_LAYER) return;
    const { scale: _scale, ...rest } = sheet;
    setSheet({ ...rest, area: { kind: 'site', code: picked.code } });
  },
  pressed({ lngLat }) {
    const frame = movableFrame();
    drag = frame && isInRing(lngLat, frame.ring) ? { from: lngLat, frame } : null;
    return drag !== null;
  },
  dragged({ lngLat }) {
    if (drag) useAppState.getState().setSheetFrame(moveFrame(drag.frame, drag.from, lngLat));
  },
  released(pointer) {
    const begun = drag;
    drag = null;
    const { sheetFrame, setSheetFrame } = useAppState.getState();
    if (begun === null || sheetFrame === null) return;
    const moved = pointer ? moveFrame(begun.frame, begun.from, pointer.lngLat) : sheetFrame;
    if (moved.center[0] === begun.frame.center[0] && moved.center[1] === begun.frame.center[1]) return;
    setSheetFrame(moved);
    settle(moved);
  },
  keyed(key, fine) {
    const direction = arrows[key];
    const frame = movableFrame();
    if (direction === undefined || frame === null) return false;
    const share = fine ? FINE_STEP : STEP;
    const lngs = frame.ring.map(([lng]) => lng);
    const lats = frame.ring.map(([, lat]) => lat);
    const { center } = frame;
    const moved = moveFrame(frame, center, [
      center[0] + direction[0] * share * (Math.max(...lngs) - Math.min(...lngs)),
      center[1] + direction[1] * share * (Math.max(...lats) - Math.min(...lats)),
    ]);
    useAppState.getState().setSheetFrame(moved);
    settle(moved);
    return true;
  },
  cursor({ lngLat }) {
    const frame = movableFrame();
    return frame && isInRing(lngLat, frame.ring) ? 'move' : null;
  },
};
