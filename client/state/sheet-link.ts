/** A sheet in a link: its spec as JSON without what goes without saying. Pure. */
import { type SheetSpec, type SheetSpecInput, sheetSpecSchema } from '../../geodata/contract/sheets.ts';
import { tidySheet } from './tidy-sheet.ts';

/** Compact JSON; the same sheet always gives the same text. */
export function formatSheet(sheet: SheetSpec): string {
  return JSON.stringify(compactSheet(sheet));
}

/** The sheet of a link; null for what is none, or is one of another version. */
export function parseSheet(text: string): SheetSpec | null {
  if (text === '') return null;
  try {
    return sheetSpecSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** What `sheetSpecSchema` makes the same sheet of, without defaults, in the order of the schema. */
export function compactSheet(sheet: SheetSpec): SheetSpecInput {
  const { template, area, slots, layers, ...rest } = tidySheet(sheet);
  const said = Object.entries(rest).filter(
    ([name, value]) => value !== undefined && value !== defaults[name as keyof typeof defaults],
  );
  return {
    template,
    area,
    ...Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(layers === undefined
      ? {}
      : {
          layers: layers.map(({ id, entries, labels }) => ({
            id,
            ...(entries === undefined ? {} : { entries }),
            ...(labels ? {} : { labels }),
          })),
        }),
    ...(Object.keys(slots).length === 0 ? {} : { slots }),
  };
}

const {
  template: _template,
  area: _area,
  slots: _slots,
  ...defaults
} = sheetSpecSchema.parse({ template: 'city', area: { kind: 'region' } });
