/** Looking around: what lies under the pointer is marked, a click selects it. */
import { useAppState } from '../state/app-state.ts';
import type { Mode } from './mode.ts';

export const browse: Mode = {
  enter() {},
  exit() {
    useAppState.getState().setHover(null);
  },
  pointerMoved(pointer) {
    const { hover, setHover } = useAppState.getState();
    const key = pointer.pick();
    if (hover?.layerId !== key?.layerId || hover?.code !== key?.code) setHover(key);
  },
  pointerLeft() {
    useAppState.getState().setHover(null);
  },
  clicked(pointer) {
    useAppState.getState().select(pointer.pick());
  },
};
