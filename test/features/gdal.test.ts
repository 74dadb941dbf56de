/** GDAL and QGIS, where they are installed, read every collection completely, with types and Chinese text. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows, oddRows, quotedName } from './odd-rows.ts';
import { type ServiceUnderTest, startService } from './service-under-test.ts';

const run = promisify(execFile);
const base = catalogue.filter((layer) => !layer.optional);
const paged = base.find((layer) => layer.id === 'ecological_red_lines') as LayerDefinition;
/** More than a page of either program: 1000 by what the API says, 10 where GDAL asks on its own. */
const addedRows = 1_100;

function works(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore', env: { ...process.env, QT_QPA_PLATFORM: 'offscreen' } });
    return true;
  } catch {
    return false;
  }
}
const hasGdal = works('ogrinfo', ['--version']);
const qgisPython = '/usr/bin/python3';
const hasQgis = works(qgisPython, ['-c', 'import qgis.core']);

const gdalTypes: Record<LayerDefinition['fields'][number]['type'], string> = {
  text: 'String',
  integer: 'Integer',
  real: 'Real',
  date: 'Date',
  boolean: 'Integer(Boolean)',
  timestamp: 'DateTime',
};

describeOnEngines('the collections', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  beforeAll(async () => {
    database = await open();
    await insertOddRows(database, base);
    const [dataset] = await database.query<{ id: string }>(
      'select id::text from app.dataset where layer_id = $1',
      [paged.id],
      { class: 'lookup' },
    );
    const columns = `code, name, red_line_type, geom, dataset_id`;
    await database.query(
      `insert into geo.ecological_red_line (${columns})
       select 'S' || i, '方块 ' || i, '水源涵养',
         ST_Multi(ST_MakeEnvelope(114 + i * 0.001, 25, 114.0005 + i * 0.001, 25.001, 4490)), $1::bigint
       from generate_series(1, $2::integer) as i`,
      [dataset?.id, addedRows],
      { class: 'bulk' },
    );
    service = await startService(database);
  });
  afterAll(() => service.close());

  const countOf = (layer: LayerDefinition): number => oddRows.length + (layer === paged ? addedRows : 0);

  it.skipIf(!hasGdal)('are read by GDAL with right counts and field types', async () => {
    for (const layer of base) {
      const { stdout } = await run('ogrinfo', ['-ro', '-al', '-so', `OAPIF:${service.url}/ogc`, layer.id]);
      expect(stdout).toContain(`Feature Count: ${countOf(layer)}\n`);
      for (const field of layer.fields) {
        expect(stdout).toMatch(
          new RegExp(`^${field.name}: ${gdalTypes[field.type].replace(/[()]/g, '\\$&')}( |\\()`, 'm'),
        );
      }
    }
  });

  it.skipIf(!hasGdal)(
    'come through GDAL to the last page, with Chinese text and real numbers whole',
    async () => {
      const { stdout } = await run(
        'ogr2ogr',
        ['-f', 'CSV', '/vsistdout/', `OAPIF:${service.url}/ogc`, paged.id, '-lco', 'GEOMETRY=AS_WKT'],
        { maxBuffer: 64 * 1024 * 1024 },
      );
      const rows = stdout.trim().split('\n').slice(1);
      expect(rows).toHaveLength(countOf(paged));
      expect(stdout).toContain(`方块 ${addedRows}`);
      expect(stdout).toContain(quotedName.replaceAll('"', '""'));
      expect(stdout).toContain(
        'MULTIPOLYGON (((115.0 25.5,115.01 25.5,115.01 25.51,115.0 25.51,115.0 25.5)))',
      );
    },
  );

  it.skipIf(!hasGdal)('are filtered by GDAL with a box sent to the server', async () => {
    const { stdout } = await run('ogrinfo', [
      ...['-ro', '-al', '-so', '-spat', '114.99', '25.49', '115.02', '25.52'],
      ...[`OAPIF:${service.url}/ogc`, paged.id],
    ]);
    expect(stdout).toContain('Feature Count: 1\n');
  });

  // Not among what a run installs: npm test says where it is left out.
  const withQgis = hasQgis ? it : () => undefined;
  withQgis(
    'are read completely by QGIS',
    async () => {
      const script = `
import os, sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
for name in sys.argv[2:]:
    layer = QgsVectorLayer("url='%s' typename='%s'" % (sys.argv[1], name), name, 'OAPIF')
    assert layer.isValid(), name
    features = list(layer.getFeatures())
    names = '|'.join(str(f['name']) for f in features if layer.fields().indexOf('name') >= 0)
    print('%s\\t%d\\t%s\\t%s' % (name, len(features), ','.join(x.name() + ':' + x.typeName() for x in layer.fields()), names))
sys.stdout.flush()
# Its own clean-up may crash after all has been read.
os._exit(0)
`;
      const { stdout } = await run(
        qgisPython,
        ['-c', script, `${service.url}/ogc`, ...base.map((each) => each.id)],
        {
          env: { ...process.env, QT_QPA_PLATFORM: 'offscreen' },
          maxBuffer: 64 * 1024 * 1024,
        },
      );
      for (const layer of base) {
        const [, count, fields = '', names = ''] =
          stdout
            .split('\n')
            .map((line) => line.split('\t'))
            .find(([id]) => id === layer.id) ?? [];
        expect(Number(count), layer.id).toBe(countOf(layer));
        for (const field of layer.fields) expect(fields).toContain(`${field.name}:`);
        if (layer.fields.some((field) => field.name === 'name')) expect(names).toContain(quotedName);
      }
    },
    120_000,
  );
});
