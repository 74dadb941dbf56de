import { describe, expect, it, vi } from 'vitest';
import { parseSignInFragment, takeSignInToken } from '../../../client/state/sign-in-fragment.ts';

describe('the printed sign-in link', () => {
  it('hands over its token and leaves no trace of it in the address', () => {
    const replaceState = vi.fn();
    const page = {
      location: new URL('http://127.0.0.1/lantu/?tab=data#sign-in=aB_-9'),
      history: { replaceState },
    } as unknown as Window;
    expect(takeSignInToken(page)).toBe('aB_-9');
    expect(replaceState).toHaveBeenCalledExactlyOnceWith(null, '', '/lantu/?tab=data');
  });

  it('leaves any other fragment alone', () => {
    const replaceState = vi.fn();
    const page = {
      location: new URL('http://127.0.0.1/#main'),
      history: { replaceState },
    } as unknown as Window;
    expect(takeSignInToken(page)).toBeNull();
    expect(replaceState).not.toHaveBeenCalled();
  });

  it.each(['', '#', '#sign-in=', '#sign-in=%20', '#token=x'])('has no token in "%s"', (hash) => {
    expect(parseSignInFragment(hash)).toBeNull();
  });
});
