/** What the pointer does on the map. One mode at a time; it hears the pointer and acts on the store. */
import type { FeatureKey, LngLat } from '../state/app-state.ts';

export type MapPointer = {
  lngLat: LngLat;
  /** The feature under the pointer, looked up only when asked for. */
  pick(): FeatureKey | null;
};

export type Mode = {
  enter(): void;
  exit(): void;
  pointerMoved(pointer: MapPointer): void;
  pointerLeft(): void;
  clicked(pointer: MapPointer): void;
  /** A button or finger goes down: whether the mode drags something now, so that the map stays where it is. */
  pressed?(pointer: MapPointer): boolean;
  /** While it drags. */
  dragged?(pointer: MapPointer): void;
  /** The end of a drag; `null`: it was broken off. */
  released?(pointer: MapPointer | null): void;
  /** A key on the focused map; whether the mode has taken it. `fine`: with Shift. */
  keyed?(key: string, fine: boolean): boolean;
  /** What the pointer over the map looks like; null: as always. */
  cursor?(pointer: MapPointer): string | null;
};
