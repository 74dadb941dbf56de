/**
 * Whether a delivery for the layer of mine sites (座) is one of their patches (图斑): a look through the codes of all rows
 * before they are checked.
 */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { minePatches } from '../../geodata/catalogue/mine-patches.ts';
import { suggestColumns } from '../../geodata/domain/suggest-columns.ts';
import type { CheckTask } from './check-task.ts';
import { copyRows } from './copy-rows.ts';
import { decodeCells } from './decode-cells.ts';

export type PatchPlan = {
  /** Column of the patch codes; null: patches are numbered in their site. */
  codeColumn: string | null;
  /** Column of the site codes; null: a site has the patch code without its last three characters. */
  siteColumn: string | null;
  /** Columns of the fields only patches have. */
  kindColumn: string | null;
  /** Fields of area whose value every row of a site repeats: it is the whole site's, not the patch's. */
  wholeFields: readonly string[];
  reason: Bilingual;
};

/** As surveys number patches: the last three characters number the patch in its mine. */
const patchCode = /^(CT\d{19}|C\d{25})$/;
const numberLength = 3;
/** A site-code column of its own, whatever its values. */
const ofItsSite = /^(site_code|SSKSBH|所属矿山|所属矿山编号|SITE CODE)$/i;

/** The code of the site by that of its patch. */
export function siteCodeOf(code: string): string {
  return code.slice(0, -numberLength);
}

/** Null where every row is a site. */
export function findPatches(task: CheckTask): PatchPlan | null {
  const found = task.plan.layer.id === 'mine_sites' ? findCodes(task) : null;
  return found === null ? null : { ...found, wholeFields: findWholeFields(task, found) };
}

type PatchCodes = Omit<PatchPlan, 'wholeFields'>;

function findCodes({ spool, plan }: CheckTask): PatchCodes | null {
  const names = spool.columns.map(({ name }) => name);
  const suggested = suggestColumns(minePatches, names, spool.encoding === 'utf-8' ? 3 : 2);
  const kindColumn = suggested.get('patch_kind') ?? null;
  const own = plan.columns.code;
  const code = suggested.get('code') ?? null;
  const site = suggested.get('site_code') ?? null;
  const looked = lookThrough(spool, [own, code, site]);
  const [ownCodes, patchCodes, siteCodes] = [own, code, site].map((column) => looked.get(column ?? ''));
  const coded = [code, own ?? null].find((column) => (looked.get(column ?? '')?.patchCodes ?? 0) > 0) ?? null;
  if (coded !== null) {
    const { patchCodes: count = 0, filled = 0 } = looked.get(coded) ?? {};
    if (count * 2 > filled) {
      const siteColumn = [site, own ?? null].find((column) => column !== null && column !== coded) ?? null;
      const usable =
        siteColumn !== null && (looked.get(siteColumn)?.patchCodes ?? 1) === 0 ? siteColumn : null;
      return {
        codeColumn: coded,
        siteColumn: usable,
        kindColumn,
        reason: {
          zh: `${coded} 列是图斑编号`,
          en: `the column ${coded} holds codes of patches`,
        },
      };
    }
  }
  if (
    site !== null &&
    ofItsSite.test(site) &&
    siteCodes !== undefined &&
    siteCodes.filled > 0 &&
    code !== site
  ) {
    return {
      codeColumn: code ?? null,
      siteColumn: site,
      kindColumn,
      reason: { zh: `${site} 列是所属矿山编号`, en: `the column ${site} names the site of each row` },
    };
  }
  // One row that repeats a code by mistake does not make a file of patches.
  const siteColumn = own ?? site;
  const sites = ownCodes ?? siteCodes;
  if (siteColumn === undefined || siteColumn === null || sites === undefined || sites.repeated === 0)
    return null;
  const isNumbered =
    code !== null && code !== siteColumn && patchCodes?.repeated === 0 && patchCodes.filled > 0;
  if (!isNumbered && sites.repeated * 2 < sites.filled) return null;
  return {
    codeColumn: isNumbered ? code : null,
    siteColumn,
    kindColumn,
    reason: {
      zh: `${siteColumn} 列的编号多行相同`,
      en: `several rows have the same code in the column ${siteColumn}`,
    },
  };
}

type Looked = {
  filled: number;
  /** Rows whose value an earlier row has. */
  repeated: number;
  /** Values that look like codes of patches. */
  patchCodes: number;
};

function lookThrough(
  spool: CheckTask['spool'],
  columns: readonly (string | null | undefined)[],
): Map<string, Looked> {
  const decode = decodeCells(spool);
  const looking = spool.columns
    .filter(({ name }) => columns.includes(name))
    .map(({ name, written }) => ({ name, written, seen: new Set<string>(), filled: 0, patchCodes: 0 }));
  if (looking.length === 0) return new Map();
  for (const { columns: written, values } of copyRows(spool.path)) {
    for (const column of looking) {
      const text = decode(values[written.indexOf(column.written)] ?? null).text?.trim() ?? '';
      if (text === '') continue;
      column.filled += 1;
      column.seen.add(text);
      if (patchCode.test(text)) column.patchCodes += 1;
    }
  }
  return new Map(
    looking.map(({ name, seen, filled, patchCodes }) => [
      name,
      { filled, repeated: filled - seen.size, patchCodes },
    ]),
  );
}

/** Fields of area that add up over patches, unless a file says the site's in every row. */
export const summedFields = ['declared_area_m2', 'treated_area_m2', 'accepted_area_m2'] as const;

function findWholeFields({ spool, plan }: CheckTask, { siteColumn, codeColumn }: PatchCodes): string[] {
  const decode = decodeCells(spool);
  const writtenOf = (column: string | null | undefined): string | undefined =>
    spool.columns.find(({ name }) => name === column)?.written;
  const coded = writtenOf(siteColumn ?? codeColumn);
  const areas = summedFields.flatMap((name) => {
    const written = writtenOf(plan.columns[name]);
    return written === undefined ? [] : [{ name, written, bySite: new Map<string, string>() }];
  });
  if (coded === undefined || areas.length === 0) return [];
  const differing = new Set<string>();
  let repeated = false;
  for (const { columns, values } of copyRows(spool.path)) {
    const text = decode(values[columns.indexOf(coded)] ?? null).text?.trim() ?? '';
    const site = siteColumn === null ? siteCodeOf(text) : text;
    for (const { name, written, bySite } of areas) {
      const area = values[columns.indexOf(written)] ?? '';
      const first = bySite.get(site);
      if (first === undefined) bySite.set(site, area);
      else repeated = true;
      if (first !== undefined && first !== area) differing.add(name);
    }
  }
  return repeated ? areas.map(({ name }) => name).filter((name) => !differing.has(name)) : [];
}
