/** The database engine: its versions, and whether its faults reach us as errors instead of missing rows. */
import { namedSql } from '../db/named-sql.ts';
import { GeometryError } from '../errors.ts';
import { type Examination, type Finding, finding, megabytes } from './finding.ts';

export const examineEngine: Examination = async ({ config, database, region }) => {
  const [engine] = await database.query<{ postgres: string; postgis: string; bytes: string }>(
    namedSql('system/describe-engine'),
    [],
    { class: 'read' },
  );
  const versions = `PostgreSQL ${engine?.postgres}, PostGIS ${engine?.postgis}, Node ${process.versions.node}`;
  const size = megabytes(Number(engine?.bytes));
  const place = database.engine === 'embedded' ? config.dataDir : 'DATABASE_URL';
  return [
    finding(
      'good',
      `引擎:${database.engine === 'embedded' ? '内嵌' : '服务器'}(${place}),${versions},${size},地区 ${region.title.zh}`,
      `Engine: ${database.engine} (${place}), ${versions}, ${size}, region ${region.title.en}`,
    ),
  ];
};

const bowTie = 'SRID=4490;POLYGON((114 25,116 27,116 25,114 27,114 25))';
const rectangle = 'SRID=4490;POLYGON((114 25,114 26,116 26,116 25,114 25))';
/** Two copies of one ring, the second off by less than any coordinate can say: where overlays fail most. */
const ring =
  'SRID=4490;POLYGON((114 25,114.01 25.003,114.02 25,114.017 25.01,114.02 25.02,114.01 25.017,114 25.02,114 25))';
const nearlyTheSame =
  'SRID=4490;POLYGON((114 25,114.01 25.0030000000001,114.02 25,114.0170000000003 25.01,114.02 25.02,114.01 25.017,114 25.0200000000002,114 25.01,114 25))';

/** A fault must be an error, a hard pair must be answered right, and the connection must serve on. */
export const examineOverlays: Examination = async ({ database }) => {
  const read = { class: 'read' } as const;
  const overlay = (a: string, b: string): Promise<{ share: number | null }[] | GeometryError> =>
    database
      .query<{ share: number | null }>(namedSql('system/overlay-pair'), [a, b], read)
      .catch((error: unknown) => {
        if (error instanceof GeometryError) return error;
        throw error;
      });
  const findings: Finding[] = [];
  const [probe] = await database.query<{ outcome: string }>(
    'select app.probe_overlay_fault() as outcome',
    [],
    read,
  );
  const refused = await overlay(bowTie, rectangle);
  if (probe?.outcome !== 'error' || !(refused instanceof GeometryError))
    findings.push(lostFault(probe?.outcome ?? 'no row'));
  const pair = await overlay(ring, nearlyTheSame);
  const share = pair instanceof GeometryError ? undefined : pair[0]?.share;
  if (share === undefined || share === null || Math.abs(share - 1) > 1e-6) findings.push(wrongPair(share));
  const [after] = await database.query<{ one: number }>('select 1 as one', [], read);
  if (after?.one !== 1) findings.push(lostFault('the next answer was another one'));
  if (findings.length > 0) return findings;
  return [
    finding(
      'good',
      '空间运算:自相交图形得到明确的错误,几乎重合的图形结果正确,连接可继续使用',
      'Overlays: a bow-tie gives an error, a near-coincident pair the right answer, and the connection serves on',
    ),
  ];
};

function lostFault(outcome: string): Finding {
  return finding(
    'bad',
    `引擎没有报告空间运算的失败(${outcome}),叠加结果可能缺行;请停止使用并按 package-lock.json 重新安装:npm ci`,
    `The engine does not report a failed overlay (${outcome}), so results may lack rows; stop using it and install as locked: npm ci`,
  );
}

function wrongPair(share: number | null | undefined): Finding {
  return finding(
    'bad',
    `几乎重合的两个图形叠加结果不对(重叠比例 ${share ?? '无'},应为 1);请升级 PostGIS 和 GEOS`,
    `Two nearly coincident shapes overlay to a share of ${share ?? 'nothing'} instead of 1; upgrade PostGIS and GEOS`,
  );
}
