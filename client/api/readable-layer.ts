/** Whether there is anything of a layer for this reader. Pure. */
import type { CatalogueLayer } from '../../geodata/contract/catalogue.ts';

/** Loaded, and not closed to an account like this one: only such layers are drawn, listed and asked for. */
export function isReadable({ state, mayRead }: Pick<CatalogueLayer, 'state' | 'mayRead'>): boolean {
  return state === 'loaded' && mayRead;
}

/** Loaded, and only to be read after signing in. */
export function isClosed({ state, mayRead }: Pick<CatalogueLayer, 'state' | 'mayRead'>): boolean {
  return state === 'loaded' && !mayRead;
}
