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
};
