/** Rows that are patches (图斑) of mine sites (座) → the patches, and the sites they make. */
import type { Bilingual, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import { minePatches } from '../../geodata/catalogue/mine-patches.ts';
import { createBatcher } from './batch-rows.ts';
import { repeatedCode } from './check-rows.ts';
import type { CheckEnd, CheckTask } from './check-task.ts';
import { copyRows } from './copy-rows.ts';
import { collectDoubts } from './doubtful-values.ts';
import { type PatchPlan, siteCodeOf } from './find-patches.ts';
import type { RowBatch } from './import-steps.ts';
import { storedShape } from './multi-shape.ts';
import { type PlannedField, propertiesReader } from './read-properties.ts';
import { shapeReader } from './read-shape.ts';
import { createTally } from './row-tally.ts';
import { groupSites } from './site-groups.ts';

/** Fields of a site that each of its patches has too. */
const sharedFields = ['county_adcode', 'declared_area_m2'] as const;
const isShared = ({ columns }: CheckTask['plan'], { wholeFields }: PatchPlan, name: string): boolean =>
  columns[name] !== undefined && !wholeFields.includes(name);

/** Batches of patches while rows come in, then of their sites. */
export function* checkPatches(
  { spool, plan, region }: CheckTask,
  patchPlan: PatchPlan,
): Generator<RowBatch, CheckEnd> {
  const { layer } = plan;
  const readSite = propertiesReader(spool, region, siteFields(plan), []);
  const readPatch = propertiesReader(spool, region, patchFields(patchPlan), []);
  const shared = sharedFields.filter((name) => isShared(plan, patchPlan, name));
  const readShape = shapeReader(spool, { ...plan, layer: minePatches });
  const doubts = collectDoubts(layer, region);
  const tally = createTally();
  const sites = groupSites(layer, patchPlan.wholeFields);
  const rowByCode = new Map<string, number>();
  const patchesOfSite = new Map<string, number>();
  const batcher = createBatcher();
  let patchCount = 0;
  for (const copied of copyRows(spool.path)) {
    const row = batcher.nextRow();
    const site = readSite(copied);
    const patch = readPatch(copied);
    const reasons = [...site.reasons, ...patch.reasons];
    const given = textOf(patch.properties.code);
    const siteCode =
      textOf(patch.properties.site_code) ??
      (patchPlan.siteColumn === null && given !== null ? siteCodeOf(given) : null);
    if (siteCode === null || siteCode === '') reasons.push(noSite);
    const number = (patchesOfSite.get(siteCode ?? '') ?? 0) + 1;
    patchesOfSite.set(siteCode ?? '', number);
    const code = given ?? (siteCode === null ? null : `${siteCode}${String(number).padStart(3, '0')}`);
    if (code !== null) {
      const earlier = rowByCode.get(code);
      if (earlier === undefined) rowByCode.set(code, row);
      else reasons.push(repeatedCode(earlier));
    }
    const shape = readShape(copied);
    if ('problem' in shape) reasons.push(shape.problem);
    if (reasons.length > 0 || 'problem' in shape || siteCode === null || code === null) {
      batcher.note('problems', row, code, distinct(reasons));
    } else {
      batcher.note('repairs', row, code, shape.repairs);
      const common = Object.fromEntries(shared.map((name) => [name, site.properties[name] ?? null]));
      const properties = { ...common, ...patch.properties, code, site_code: siteCode };
      batcher.accept('patches', { row, code, ...storedShape(shape), axis: null, properties });
      sites.add(siteCode, row, site.properties);
      doubts.add(site.properties, shape.extent);
      tally.add(site.formerCodes, shape);
      patchCount += 1;
    }
    const full = batcher.takeFull();
    if (full !== null) yield full;
  }
  for (const siteRow of sites.rows()) {
    batcher.accept('rows', siteRow);
    const full = batcher.takeFull();
    if (full !== null) yield full;
  }
  const rest = batcher.takeRest();
  if (rest !== null) yield rest;
  const grouped = groupedWords(patchPlan, patchCount, sites.count());
  return { warnings: [...doubts.words(), ...sites.words()], assumptions: [grouped, ...tally.words()] };
}

/** Everything the plan says of sites, but not their code: that is the patches' to say. */
function siteFields({ layer, columns }: CheckTask['plan']): PlannedField[] {
  return layer.fields.flatMap((field) => {
    const column = columns[field.name];
    return column === undefined || field.name === 'code' ? [] : [{ field, column }];
  });
}

function patchFields({ codeColumn, siteColumn, kindColumn }: PatchPlan): PlannedField[] {
  const columns = { code: codeColumn, site_code: siteColumn, patch_kind: kindColumn };
  return Object.entries(columns).flatMap(([name, column]) => {
    const field: LayerField | undefined = minePatches.fields.find((candidate) => candidate.name === name);
    return field === undefined || column === null ? [] : [{ field, column }];
  });
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function distinct(reasons: readonly Bilingual[]): Bilingual[] {
  return [...new Map(reasons.map((reason) => [reason.zh, reason])).values()];
}

const noSite: Bilingual = {
  zh: '缺少所属矿山编号',
  en: 'the code of its site is missing',
};

function groupedWords(
  { reason, siteColumn, codeColumn, wholeFields }: PatchPlan,
  patches: number,
  sites: number,
): Bilingual {
  const site =
    siteColumn === null
      ? {
          zh: `矿山编号取 ${codeColumn} 去掉后三位`,
          en: `a site has the code in ${codeColumn} without its last three characters`,
        }
      : { zh: `矿山编号取 ${siteColumn} 列`, en: `site codes are those of the column ${siteColumn}` };
  const areas =
    wholeFields.length === 0
      ? { zh: '面积按图斑相加', en: 'areas are summed over the patches' }
      : {
          zh: '各行面积相同的视为整座矿山的面积',
          en: 'areas that all rows of a site repeat are those of the whole site',
        };
  return {
    zh: `文件是图斑(${reason.zh}):${patches} 个图斑归并为 ${sites} 座矿山;${site.zh};${areas.zh}`,
    en: `the file holds patches (${reason.en}): ${patches} patches make ${sites} sites; ${site.en}; ${areas.en}`,
  };
}
