/** The printed sign-in link carries its token behind the #: it is taken out of the address before anything else looks at it. */
import { signInFragment } from '../../geodata/contract/session.ts';

/** Token of `#sign-in=<token>`, or null. Pure. */
export function parseSignInFragment(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get(signInFragment)?.trim();
  return token ? token.slice(0, 200) : null;
}

/** The token of the page's address, which no longer shows it afterwards, neither in the bar nor in the history. */
export function takeSignInToken(page: Pick<Window, 'location' | 'history'>): string | null {
  const { pathname, search, hash } = page.location;
  const token = parseSignInFragment(hash);
  if (token !== null) page.history.replaceState(null, '', `${pathname}${search}`);
  return token;
}
