/** Keys of a reviewer going through reports: J or → next, K or ← previous, A accept, R return. */
import { useEffect, useRef } from 'react';

export type ReviewKeys = { next: () => void; previous: () => void; accept: () => void; giveBack: () => void };

const keys: Record<string, keyof ReviewKeys> = {
  j: 'next',
  arrowright: 'next',
  k: 'previous',
  arrowleft: 'previous',
  a: 'accept',
  r: 'giveBack',
};

/** The wish a key stands for, or null: none, or somebody is typing, or it is another's shortcut. Pure. */
export function wishOf(event: {
  key: string;
  isTyping: boolean;
  hasModifier: boolean;
}): keyof ReviewKeys | null {
  if (event.isTyping || event.hasModifier) return null;
  return keys[event.key.toLowerCase()] ?? null;
}

/** Heard wherever the focus is, but in fields and while a picture is open. */
export function useReviewKeys(actions: ReviewKeys): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || document.querySelector('dialog[open]') !== null) return;
      const { target, key } = event;
      const isTyping =
        target instanceof Element && target.closest('input, textarea, select, [role="slider"]') !== null;
      const wish = wishOf({ key, isTyping, hasModifier: event.ctrlKey || event.metaKey || event.altKey });
      if (wish === null) return;
      event.preventDefault();
      current.current[wish]();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}
