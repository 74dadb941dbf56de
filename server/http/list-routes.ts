/** Every address an app has, read from its routers: what must be tested, described or guarded as a whole. */
import type { Router } from 'express';

export type ListedRoute = { method: string; path: string };

type Listed = { path: string | RegExp; methods: string[] | undefined; router: Listing | undefined };
/** Express 5.3 has it, its types do not yet. */
type Listing = { listRoutes(): Listed[] };

/** Methods and path patterns in the order they are tried; patterns as Express writes them, `/items/:code`. */
export function listRoutes(router: Router, below = ''): ListedRoute[] {
  return (router as unknown as Listing).listRoutes().flatMap(({ path, methods, router: mounted }) => {
    const whole = `${below}${String(path)}`.replace(/\/+/g, '/');
    if (mounted !== undefined) return listRoutes(mounted as unknown as Router, whole === '/' ? '' : whole);
    return (methods ?? []).map((method) => ({ method: method.toUpperCase(), path: whole }));
  });
}
