import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { type CheckedAll, createReadKit, type ReadKit } from '../fixtures/imports/read-kit.ts';

type Properties = Record<string, unknown>;

function withHexShapes(rows: CheckedAll['patches']): object[] {
  return rows.map((row) => ({ ...row, geometry: Buffer.from(row.geometry ?? []).toString('hex') }));
}

describe('a delivery of patches for the mine sites', () => {
  let kit: ReadKit;
  beforeAll(async () => {
    kit = await createReadKit();
  });
  afterAll(() => kit.remove());

  async function check(name: string, rows: Properties[], mapping = {}): Promise<CheckedAll> {
    const features = rows.map((properties, index) => ({
      properties,
      geometry: { type: 'Polygon', coordinates: [ringAround(115 + index * 0.05, 25.8).toReversed()] },
    }));
    const delivery = await kit.read(await writeGeoJson(kit.folder, `${name}.geojson`, features));
    return kit.check(delivery, 'mine_sites', mapping);
  }
  const patch = (site: number, number: number): string =>
    `CT${String(360_728_000_000 + site).padStart(16, '0')}${String(number).padStart(3, '0')}`;

  it('is grouped by the code of the patch without its last three characters', async () => {
    const all = await check('by-patch', [
      { TBBH: patch(1, 1), KSMC: '甲矿', XZQDM: '360721', SBMJ: 1_000.5, TBLX: '露天采场' },
      { TBBH: patch(1, 2), KSMC: '甲矿', XZQDM: '360721', SBMJ: 2_000, TBLX: '排土场' },
      { TBBH: patch(2, 1), KSMC: '乙矿', XZQDM: '360728', SBMJ: 3_000, TBLX: '露天采场' },
    ]);
    expect(all.problems).toEqual([]);
    expect(all.rows).toMatchObject([
      {
        row: 1,
        code: patch(1, 0).slice(0, -3),
        geometry: null,
        properties: { name: '甲矿', county_adcode: '360704', declared_area_m2: 3_000.5 },
      },
      { row: 3, code: patch(2, 0).slice(0, -3), geometry: null, properties: { declared_area_m2: 3_000 } },
    ]);
    expect(withHexShapes(all.patches)).toMatchObject([
      {
        row: 1,
        code: patch(1, 1),
        geometry: expect.stringMatching(/^0106/),
        properties: {
          site_code: patch(1, 0).slice(0, -3),
          patch_kind: '露天采场',
          county_adcode: '360704',
          declared_area_m2: 1_000.5,
        },
      },
      { row: 2, code: patch(1, 2), properties: { declared_area_m2: 2_000 } },
      { row: 3, code: patch(2, 1) },
    ]);
    expect(all.assumptions[0]).toMatch(/3 个图斑归并为 2 座矿山.*去掉后三位.*面积按图斑相加/);
  });

  it('is grouped by the column of site codes, and numbers patches that have no code', async () => {
    const all = await check('by-site', [
      { KSBH: 'S1', KSMC: '甲矿', SBMJ: 5_000 },
      { KSBH: 'S1', KSMC: '甲矿(二)', SBMJ: 5_000 },
      { KSBH: 'S2', KSMC: '乙矿', SBMJ: 7_000 },
      { KSBH: 'S2', KSMC: '乙矿', SBMJ: 7_000 },
      { KSBH: null, KSMC: '丙矿', SBMJ: 1 },
    ]);
    expect(
      all.rows.map(({ code, properties }) => [code, properties.name, properties.declared_area_m2]),
    ).toEqual([
      ['S1', '甲矿', 5_000],
      ['S2', '乙矿', 7_000],
    ]);
    expect(all.patches.map(({ code }) => code)).toEqual(['S1001', 'S1002', 'S2001', 'S2002']);
    // Every row repeats the area of its site: it says nothing of the patch.
    expect(all.patches[0]?.properties).not.toHaveProperty('declared_area_m2');
    expect(all.assumptions[0]).toMatch(/各行面积相同的视为整座矿山的面积/);
    expect(all.warnings.join()).toMatch(/1 座矿山的各行“名称”不一致/);
    expect(all.problems).toMatchObject([{ row: 5, reason: { zh: '缺少所属矿山编号' } }]);
  });

  it('is none where every row is a site, also with one code twice by mistake', async () => {
    const all = await check('sites', [
      { KSBH: 'S1', KSMC: '甲矿' },
      { KSBH: 'S2', KSMC: '乙矿' },
      { KSBH: 'S3', KSMC: '丙矿' },
      { KSBH: 'S1', KSMC: '丁矿' },
    ]);
    expect(all.patches).toEqual([]);
    expect(all.rows.map(({ code }) => code)).toEqual(['S1', 'S2', 'S3']);
    expect(all.problems).toMatchObject([{ row: 4, reason: { en: 'the code repeats that of row 1' } }]);
  });
});
