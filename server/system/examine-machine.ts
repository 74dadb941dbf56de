/** The machine: Node, memory, disk, and who may look into the data folder. */
import { stat, statfs } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { type Examination, finding, megabytes } from './finding.ts';

const leastNode = 24;
const leastFreeBytes = 1_000_000_000;
/** Resident at work: the embedded engine up to 1.9 GB, the service itself some 0.4 GB. */
const leastMemoryBytes = { embedded: 3_000_000_000, server: 1_000_000_000 };

export const examineMachine: Examination = async ({ database }) => {
  const { node } = process.versions;
  const version =
    Number.parseInt(node, 10) >= leastNode
      ? finding('good', `Node ${node}`, `Node ${node}`)
      : finding(
          'bad',
          `Node ${node} 过旧,需要 ${leastNode};请执行 npm ci,它会装上合适的版本`,
          `Node ${node} is too old, ${leastNode} is needed; run npm ci, which brings the right one`,
        );
  const needed = leastMemoryBytes[database.engine];
  const [total, free] = [totalmem(), freemem()];
  const memory =
    total >= needed
      ? finding(
          'good',
          `内存:共 ${megabytes(total)},空闲 ${megabytes(free)}`,
          `Memory: ${megabytes(total)}, ${megabytes(free)} free`,
        )
      : finding(
          'bad',
          `内存共 ${megabytes(total)},此引擎需要 ${megabytes(needed)};请增加内存,或改用 PostgreSQL 服务器(DATABASE_URL)`,
          `Memory is ${megabytes(total)}, this engine needs ${megabytes(needed)}; add memory, or use a PostgreSQL server (DATABASE_URL)`,
        );
  return [version, memory];
};

/** Nothing where the data folder does not exist yet: a server engine may never have written a file. */
export const examineDisk: Examination = async ({ config }) => {
  const disk = await statfs(config.dataDir).catch(() => undefined);
  if (disk === undefined) return [];
  const { bavail, bsize } = disk;
  const free = bavail * bsize;
  if (free >= leastFreeBytes)
    return [
      finding(
        'good',
        `磁盘:${config.dataDir} 剩余 ${megabytes(free)}`,
        `Disk: ${megabytes(free)} free at ${config.dataDir}`,
      ),
    ];
  return [
    finding(
      'bad',
      `磁盘:${config.dataDir} 剩余 ${megabytes(free)},不足,请清理`,
      `Disk: ${megabytes(free)} free at ${config.dataDir}, too little: make room`,
    ),
  ];
};

/** On Windows modes say nothing. */
export const examineFolder: Examination = async ({ config }) => {
  const folder = await stat(config.dataDir).catch(() => undefined);
  if (folder === undefined || process.platform === 'win32') return [];
  const mode = (folder.mode & 0o777).toString(8);
  if ((folder.mode & 0o077) === 0)
    return [
      finding(
        'good',
        `数据目录:只有服务的用户可读(${mode})`,
        `Data folder: only for the user of the service (${mode})`,
      ),
    ];
  return [
    finding(
      'bad',
      `数据目录 ${config.dataDir} 其他用户也可读写(权限 ${mode});请执行:chmod 700 ${config.dataDir}`,
      `Other users may look into the data folder ${config.dataDir} (mode ${mode}); run: chmod 700 ${config.dataDir}`,
    ),
  ];
};
