import { afterAll, beforeAll, expect, it } from 'vitest';
import { findProfile, listProfiles, removeProfile, saveProfile } from '../../server/imports/profiles.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';

describeOnEngines('profiles of mappings', ({ open }) => {
  let importer: Importer;
  let file: string;
  beforeAll(async () => {
    importer = await createImporter(await open());
    file = await writeGeoJson(importer.folder, 'odd.geojson', [
      {
        properties: { ZZZ1: '甲号', ZZZ2: '红线甲', HXLX: '水源涵养' },
        geometry: { type: 'Polygon', coordinates: [ringAround(115, 25.8)] },
      },
    ]);
  });
  afterAll(() => importer.remove());
  const profile = {
    name: '定南县 2025',
    layerId: 'ecological_red_lines',
    columns: { code: 'ZZZ1', name: 'ZZZ2', red_line_type: null, batch: 'ABSENT' },
  };
  const stored = () => importer.rows('select code, name, red_line_type from geo.ecological_red_line');

  it('are stored over one of the same name, listed, and removed', async () => {
    await saveProfile(importer.context, { ...profile, columns: {} });
    await saveProfile(importer.context, profile);
    expect(await listProfiles(importer.context)).toEqual([profile]);
    await saveProfile(importer.context, { ...profile, name: 'other' });
    await removeProfile(importer.context, 'other');
    await expect(removeProfile(importer.context, 'other')).rejects.toMatchObject({ code: 'not-found' });
    expect(await listProfiles(importer.context)).toEqual([profile]);
  });

  it('are refused for a layer or a field there is not', async () => {
    await expect(saveProfile(importer.context, { ...profile, layerId: 'x' })).rejects.toThrow(/no layer "x"/);
    await expect(saveProfile(importer.context, { ...profile, columns: { area_m2: 'MJ' } })).rejects.toThrow(
      /area_m2/,
    );
  });

  it('win over names, leave fields empty that they say to, and pass over columns the file lacks', async () => {
    const report = await importer.run(file, { profile: profile.name });
    expect(report.columns).toEqual({ code: 'ZZZ1', name: 'ZZZ2' });
    expect(report.unusedColumns).toEqual(['HXLX']);
    expect(await stored()).toEqual([{ code: '甲号', name: '红线甲', red_line_type: null }]);
  });

  it('yield to what is said for one import', async () => {
    await importer.run(file, { profile: profile.name, mapping: { red_line_type: 'HXLX', name: 'ZZZ1' } });
    expect(await stored()).toMatchObject([{ name: '甲号', red_line_type: '水源涵养' }]);
  });

  it('say what there is where a name, a field or a column is wrong', async () => {
    expect((await importer.refusal(file, { profile: 'nobody' })).text.zh).toContain('定南县 2025');
    expect((await importer.refusal(file, { mapping: { name: 'NIX' } })).text.en).toMatch(
      /no column "NIX".*ZZZ1/,
    );
    expect((await importer.refusal(file, { mapping: { nix: 'ZZZ1' } })).text.en).toMatch(
      /"nix".*red_line_type/,
    );
    await expect(findProfile(importer.context.database, profile.name, 'rivers')).rejects.toThrow(
      /not for rivers/,
    );
  });
});
