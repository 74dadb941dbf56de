/**
 * The part of the state a link carries, as a query: readable, short, in one stable order. What a link
 * says wrongly or in words of another version is left out; the rest of it still holds.
 */
import { z } from 'zod';
import { toDay } from '../../geodata/domain/datetime-interval.ts';
import { emptyLinkedState, type LinkedState, useAppState } from './app-state.ts';
import { formatSheet, parseSheet } from './sheet-link.ts';

const WRITE_DELAY_MS = 250;

const idSchema = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const languageSchema = z.enum(['zh-CN', 'en']);
const tabSchema = z.enum(['map', 'remediation', 'print', 'data', 'admin']);
const countySchema = z.string().regex(/^\d{6}$/);
const codeSchema = z.string().min(1).max(200);
const importJobSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const opacitySchema = numeric(0, 1);
const viewSchema = z.tuple([numeric(-180, 180), numeric(-85, 85), numeric(0, 24)]);

/** A number written plainly; '' and '1e3x' are none. */
function numeric(min: number, max: number) {
  return z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
}

/** Five decimals of a degree are a metre; zooms step by hundredths. */
const rounded = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)) || 0);

/** `?tab=remediation&view=115.34,26.33,9.5&off=rivers&filter=mine_sites:closed.in_works`, or ''. */
export function formatUrlState(state: LinkedState): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string) => {
    if (value !== '') query.set(name, value);
  };
  const ids = (visible: boolean) =>
    Object.keys(state.visible)
      .filter((id) => state.visible[id] === visible)
      .sort()
      .join(',');
  const pairs = <Value>(record: Record<string, Value>, write: (value: Value) => string) =>
    Object.keys(record)
      .sort()
      .map((id) => `${id}:${write(record[id] as Value)}`)
      .join(',');

  if (state.language !== emptyLinkedState.language) put('lang', state.language);
  if (state.tab !== emptyLinkedState.tab) put('tab', state.tab);
  if (state.view !== null) {
    const { center, zoom } = state.view;
    put('view', `${rounded(center[0], 5)},${rounded(center[1], 5)},${rounded(zoom, 2)}`);
  }
  put('order', state.order.join(','));
  put('on', ids(true));
  put('off', ids(false));
  put(
    'opacity',
    pairs(state.opacity, (value) => rounded(value, 2)),
  );
  put(
    'filter',
    pairs(state.filter, (entryIds) => entryIds.join('.')),
  );
  put('county', state.county ?? '');
  put('as_of', state.asOf ?? '');
  put('import', state.importJob ?? '');
  if (state.sheet !== null) put('sheet', formatSheet(state.sheet));
  if (state.selection !== null) put('select', `${state.selection.layerId}:${state.selection.code}`);

  // Commas and colons may stand in a query; codes that hold a percent sign stay escaped.
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? '' : `?${text}`;
}

/** The state a query describes; parts it does not name, or names wrongly, are as on a first visit. */
export function parseUrlState(search: string): LinkedState {
  const query = new URLSearchParams(search);
  const words = (name: string) => (query.get(name) ?? '').split(',').filter((word) => word !== '');
  const ids = (name: string) => words(name).filter((word) => idSchema.safeParse(word).success);
  const pairs = (name: string): [id: string, value: string][] =>
    words(name).flatMap((word): [string, string][] => {
      const [id, value] = splitOnce(word);
      return idSchema.safeParse(id).success && value !== null ? [[id, value]] : [];
    });

  const view = viewSchema.safeParse((query.get('view') ?? '').split(',')).data;
  const [layerId, code] = splitOnce(query.get('select') ?? '');
  const isSelection = idSchema.safeParse(layerId).success && codeSchema.safeParse(code).success;
  return {
    language: languageSchema.safeParse(query.get('lang')).data ?? emptyLinkedState.language,
    tab: tabSchema.safeParse(query.get('tab')).data ?? emptyLinkedState.tab,
    view: view ? { center: [view[0], view[1]], zoom: view[2] } : null,
    order: [...new Set(ids('order'))],
    visible: Object.fromEntries([
      ...ids('on').map((id): [string, boolean] => [id, true]),
      ...ids('off').map((id): [string, boolean] => [id, false]),
    ]),
    opacity: Object.fromEntries(
      pairs('opacity').flatMap(([id, value]) => {
        const opacity = opacitySchema.safeParse(value).data;
        return opacity === undefined || opacity === 1 ? [] : [[id, opacity]];
      }),
    ),
    filter: Object.fromEntries(
      pairs('filter').map(([id, value]) => [
        id,
        [...new Set(value.split('.'))].filter((entry) => idSchema.safeParse(entry).success),
      ]),
    ),
    county: countySchema.safeParse(query.get('county')).data ?? null,
    asOf: parsePastDay(query.get('as_of') ?? ''),
    importJob: importJobSchema.safeParse(query.get('import')).data ?? null,
    sheet: parseSheet(query.get('sheet') ?? ''),
    selection: isSelection && code !== null ? { layerId, code } : null,
  };
}

/** Days to come, and what is no day, are none. */
function parsePastDay(text: string): string | null {
  const day = text.length === 10 ? toDay(text) : null;
  const today = toDay(new Date().toISOString());
  return day !== null && today !== null && day <= today ? day : null;
}

function splitOnce(text: string): [head: string, tail: string | null] {
  const index = text.indexOf(':');
  return index === -1 ? [text, null] : [text.slice(0, index), text.slice(index + 1)];
}

/**
 * Restores the state from the page's address, then keeps the address up to date: another tab of the
 * product, and opening or leaving an import, is a step in the history, all else replaces the present one. Path and hash stay as they
 * are. Returns how to stop.
 */
export function startUrlSync(): () => void {
  const restore = () => useAppState.getState().restore(parseUrlState(window.location.search));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written: LinkedState;

  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const state = useAppState.getState();
    const search = formatUrlState(state);
    const isStep = isOtherPage(state, written);
    written = state;
    if (search === formatUrlState(parseUrlState(window.location.search))) return;
    const address = `${window.location.pathname}${search}${window.location.hash}`;
    if (isStep) window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
  };
  const stepped = () => {
    clearTimeout(timer);
    timer = undefined;
    restore();
    written = useAppState.getState();
  };

  restore();
  written = useAppState.getState();
  const unsubscribe = useAppState.subscribe((state, before) => {
    if (isSameLink(state, before)) return;
    if (isOtherPage(state, before)) write();
    else timer ??= setTimeout(write, WRITE_DELAY_MS);
  });
  window.addEventListener('popstate', stepped);
  window.addEventListener('pagehide', write);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    window.removeEventListener('popstate', stepped);
    window.removeEventListener('pagehide', write);
  };
}

function isOtherPage(a: LinkedState, b: LinkedState): boolean {
  return a.tab !== b.tab || (a.importJob === null) !== (b.importJob === null);
}

const linkedParts = Object.keys(emptyLinkedState) as (keyof LinkedState)[];

function isSameLink(a: LinkedState, b: LinkedState): boolean {
  return linkedParts.every((part) => a[part] === b[part]);
}
