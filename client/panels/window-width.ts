/** Which of the three layouts the window has room for. */
import { useSyncExternalStore } from 'react';

export type WindowWidth = 'phone' | 'narrow' | 'wide';

const phone = window.matchMedia('(max-width: 719px)');
const narrow = window.matchMedia('(max-width: 1199px)');

export function windowWidth(): WindowWidth {
  if (phone.matches) return 'phone';
  return narrow.matches ? 'narrow' : 'wide';
}

function subscribe(changed: () => void) {
  phone.addEventListener('change', changed);
  narrow.addEventListener('change', changed);
  return () => {
    phone.removeEventListener('change', changed);
    narrow.removeEventListener('change', changed);
  };
}

export function useWindowWidth(): WindowWidth {
  return useSyncExternalStore(subscribe, windowWidth);
}
