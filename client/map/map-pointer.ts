/** Mouse, touch and keyboard on the map, handed to the mode; pointer coordinates go to the store. */
import type { Map as MapLibreMap, MapMouseEvent, MapTouchEvent, Point } from 'maplibre-gl';
import type { MapPointer, Mode } from '../modes/mode.ts';
import { type FeatureKey, useAppState } from '../state/app-state.ts';
import { pickFeature } from './picking.ts';
import { pickableLayerId } from './style.ts';

const MOUSE_REACH_PX = 3;
const TOUCH_REACH_PX = 14;

/** Listens until the returned function is called. */
export function listenToPointer(map: MapLibreMap, mode: () => Mode): () => void {
  let frame: number | null = null;
  let dragging = false;

  const pressed = (event: MapMouseEvent | MapTouchEvent) => {
    const isOther = 'touches' in event.originalEvent && event.originalEvent.touches.length > 1;
    if (isOther) return released(null);
    if ('button' in event.originalEvent && event.originalEvent.button !== 0) return;
    dragging = mode().pressed?.(pointerAt(map, event.point, MOUSE_REACH_PX)) ?? false;
    if (dragging) event.preventDefault();
  };
  const released = (event: MapMouseEvent | MapTouchEvent | null) => {
    if (!dragging) return;
    dragging = false;
    mode().released?.(event && pointerAt(map, event.point, MOUSE_REACH_PX));
  };
  /** Outside the map no move is heard: what was dragged stays where it was last. */
  const releasedElsewhere = (event: MouseEvent) => {
    if (!(event.target instanceof Node) || !map.getCanvasContainer().contains(event.target)) released(null);
  };
  const touched = (event: MapTouchEvent) => {
    if (dragging) mode().dragged?.(pointerAt(map, event.point, TOUCH_REACH_PX));
  };
  const moved = (event: MapMouseEvent) => {
    if (frame !== null) cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      frame = null;
      useAppState.getState().setPointer([event.lngLat.lng, event.lngLat.lat]);
      const at = pointerAt(map, event.point, MOUSE_REACH_PX);
      if (dragging) return mode().dragged?.(at);
      // While the map moves under the hand, nothing is looked up.
      if (!map.isMoving()) mode().pointerMoved(at);
      const isOnFeature = useAppState.getState().hover !== null;
      map.getCanvas().style.cursor = isOnFeature ? 'pointer' : (mode().cursor?.(at) ?? '');
    });
  };
  const left = () => {
    if (frame !== null) cancelAnimationFrame(frame);
    frame = null;
    useAppState.getState().setPointer(null);
    mode().pointerLeft();
  };
  const clicked = (event: MapMouseEvent) => {
    const isTouch = 'pointerType' in event.originalEvent && event.originalEvent.pointerType === 'touch';
    mode().clicked(pointerAt(map, event.point, isTouch ? TOUCH_REACH_PX : MOUSE_REACH_PX));
  };
  const keyed = (event: KeyboardEvent) => {
    if (mode().keyed?.(event.key, event.shiftKey)) {
      // Else the map itself would move by the same key.
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter')
      mode().clicked(pointerAt(map, map.project(map.getCenter()), TOUCH_REACH_PX));
    else if (event.key === 'Escape') useAppState.getState().select(null);
  };

  map.on('mousemove', moved);
  map.on('mouseout', left);
  map.on('click', clicked);
  map.on('mousedown', pressed);
  map.on('mouseup', released);
  map.on('touchstart', pressed);
  map.on('touchmove', touched);
  map.on('touchend', released);
  map.on('touchcancel', released);
  window.addEventListener('mouseup', releasedElsewhere);
  map.getCanvas().addEventListener('keydown', keyed);
  return () => {
    if (frame !== null) cancelAnimationFrame(frame);
    map.off('mousemove', moved);
    map.off('mouseout', left);
    map.off('click', clicked);
    map.off('mousedown', pressed);
    map.off('mouseup', released);
    map.off('touchstart', pressed);
    map.off('touchmove', touched);
    map.off('touchend', released);
    map.off('touchcancel', released);
    window.removeEventListener('mouseup', releasedElsewhere);
    map.getCanvas().removeEventListener('keydown', keyed);
  };
}

function pointerAt(map: MapLibreMap, point: Point, reach: number): MapPointer {
  const { lng, lat } = map.unproject(point);
  return { lngLat: [lng, lat], pick: () => pick(map, point, reach) };
}

function pick(map: MapLibreMap, { x, y }: Point, reach: number): FeatureKey | null {
  const layers = map.getLayersOrder().filter((id) => pickableLayerId(id) !== null);
  const found = map.queryRenderedFeatures(
    [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ],
    { layers },
  );
  const drawn = found.map(({ layer, id, geometry }) => ({
    styleLayerId: layer.id,
    code: id,
    at: geometry.type === 'Point' ? map.project(geometry.coordinates as [number, number]) : null,
  }));
  return pickFeature(drawn, { x, y });
}
