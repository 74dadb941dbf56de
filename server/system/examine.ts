/** What the doctor looks at, one examination after the other. Each only reads, and says what to do where it finds fault. */
import { statfs } from 'node:fs/promises';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { checkCatalogue } from '../catalogue/check-catalogue.ts';
import type { Context } from '../context.ts';
import { quoteIdentifier } from '../db/layer-sql.ts';
import { readSqlFiles } from '../db/migrate.ts';
import { namedSql } from '../db/named-sql.ts';
import { LantuError } from '../errors.ts';

/** good: as it should be; note: worth knowing; bad: to be put right. */
export type Finding = { level: 'good' | 'note' | 'bad'; text: Bilingual };
type Examination = (context: Context) => Promise<Finding[]>;

const leastFreeBytes = 1_000_000_000;

export const examinations: readonly Examination[] = [
  examineEngine,
  examineMigrations,
  examineCatalogue,
  examineFeatures,
  examineChains,
  examineDisk,
];

async function examineEngine({ config, database, region }: Context): Promise<Finding[]> {
  const [engine] = await database.query<{ postgres: string; postgis: string; bytes: string }>(
    namedSql('system/describe-engine'),
    [],
    { class: 'read' },
  );
  const size = megabytes(Number(engine?.bytes));
  const versions = `PostgreSQL ${engine?.postgres}, PostGIS ${engine?.postgis}, Node ${process.versions.node}`;
  const place = database.engine === 'embedded' ? config.dataDir : 'DATABASE_URL';
  return [
    {
      level: 'good',
      text: {
        zh: `引擎:${database.engine === 'embedded' ? '内嵌' : '服务器'}(${place}),${versions},${size},地区 ${region.title.zh}`,
        en: `Engine: ${database.engine} (${place}), ${versions}, ${size}, region ${region.title.en}`,
      },
    },
  ];
}

async function examineMigrations({ database }: Context): Promise<Finding[]> {
  const files = readSqlFiles();
  const own = [...files.migrations, ...files.functions];
  const landed = await database.query<{ name: string; checksum: string }>(
    'select name, checksum from app.schema_migration union all select name, checksum from app.schema_function',
    [],
    { class: 'lookup' },
  );
  const checksums = new Map(landed.map(({ name, checksum }) => [name, checksum]));
  const different = own.filter(({ name, checksum }) => checksums.get(name) !== checksum);
  if (different.length === 0 && landed.length === own.length) {
    const { length } = files.migrations;
    return [{ level: 'good', text: { zh: `迁移:${length} 个,齐全`, en: `Migrations: ${length}, complete` } }];
  }
  const names = different.map(({ name }) => name).join(', ');
  return [
    {
      level: 'bad',
      text: {
        zh: `迁移与程序不一致:${names};请重新启动服务`,
        en: `Migrations differ from the program: ${names}; restart the server`,
      },
    },
  ];
}

async function examineCatalogue({ database, catalogue }: Context): Promise<Finding[]> {
  try {
    await checkCatalogue(database, catalogue);
    const { length } = catalogue;
    return [
      {
        level: 'good',
        text: { zh: `图层定义:${length} 个,与数据库一致`, en: `Layer definitions: ${length}, agree` },
      },
    ];
  } catch (error) {
    if (error instanceof LantuError) return [{ level: 'bad', text: error.text }];
    throw error;
  }
}

/** Counts features without a place, with an invalid shape, and with a number other than their datasets say. */
async function examineFeatures({ database, catalogue }: Context): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { id, title, table } of catalogue) {
    const name = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
    const geometry = quoteIdentifier(table.geometry);
    const [row] = await database.query<Record<'features' | 'placeless' | 'invalid' | 'announced', string>>(
      `select count(*) as features, count(*) filter (where f.${geometry} is null) as placeless,
         count(*) filter (where not app.is_valid(f.${geometry})) as invalid,
         (select coalesce(sum(d.feature_count), 0) from app.dataset as d
           where d.layer_id = $1 and d.removed_at is null) as announced
       from ${name} as f`,
      [id],
      { class: 'bulk' },
    );
    if (row === undefined) continue;
    const { features, placeless, invalid, announced } = row;
    const notes: Bilingual[] = [];
    if (placeless !== '0') notes.push({ zh: `${placeless} 个没有图形`, en: `${placeless} without a shape` });
    if (invalid !== '0') notes.push({ zh: `${invalid} 个图形无效`, en: `${invalid} with an invalid shape` });
    if (features !== announced)
      notes.push({ zh: `数据集登记 ${announced} 个`, en: `datasets say ${announced}` });
    findings.push({
      level: notes.length === 0 ? 'good' : 'note',
      text: {
        zh: [`${title.zh}:${features} 个`, ...notes.map(({ zh }) => zh)].join(','),
        en: [`${title.en}: ${features}`, ...notes.map(({ en }) => en)].join(', '),
      },
    });
  }
  return findings;
}

async function examineChains({ database }: Context): Promise<Finding[]> {
  const chains = await database.query<{ dataset: string; events: string; broken_at: string | null }>(
    namedSql('system/check-chains'),
    [],
    { class: 'bulk' },
  );
  return chains.map(({ dataset, events, broken_at }) =>
    broken_at === null
      ? {
          level: 'good',
          text: {
            zh: `留痕链 ${dataset}:${events} 条,成立`,
            en: `Event chain ${dataset}: ${events} events, holds`,
          },
        }
      : {
          level: 'bad',
          text: {
            zh: `留痕链 ${dataset} 从第 ${broken_at} 条起不成立:记录被绕过本系统改动过,请与备份核对`,
            en: `Event chain ${dataset} does not hold from number ${broken_at}: records were changed behind this system; compare with a backup`,
          },
        },
  );
}

/** Nothing where the data folder does not exist yet: a server engine may never have written a file. */
async function examineDisk({ config }: Context): Promise<Finding[]> {
  const disk = await statfs(config.dataDir).catch(() => undefined);
  if (disk === undefined) return [];
  const { bavail, bsize } = disk;
  const free = bavail * bsize;
  const level = free < leastFreeBytes ? 'bad' : 'good';
  return [
    {
      level,
      text: {
        zh: `磁盘:${config.dataDir} 剩余 ${megabytes(free)}${level === 'bad' ? ',不足,请清理' : ''}`,
        en: `Disk: ${megabytes(free)} free at ${config.dataDir}${level === 'bad' ? ', too little: make room' : ''}`,
      },
    },
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
