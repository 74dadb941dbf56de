/** Photos and documents: whether every row has its file. */
import { findMissing } from '../evidence/sweep-evidence.ts';
import { type Examination, finding, megabytes } from './finding.ts';

const mostNamed = 5;

/** Compares presence and size; contents are proven by a backup, which reads them. */
export const examineEvidence: Examination = async ({ database, config }) => {
  const { recorded, bytes, missing } = await findMissing({ database, config });
  if (missing.length === 0) {
    return [
      finding(
        'good',
        `佐证材料:${recorded} 个文件(${megabytes(bytes)}),齐全`,
        `Evidence: ${recorded} files (${megabytes(bytes)}), all there`,
      ),
    ];
  }
  const named = missing.slice(0, mostNamed).map(({ sha256 }) => sha256);
  const more = missing.length > mostNamed ? ' …' : '';
  return [
    finding(
      'bad',
      `佐证材料:登记 ${recorded} 个文件,缺失或不完整 ${missing.length} 个(${named.join('、')}${more})。请从备份恢复,或把原数据目录下的 evidence 拷贝过来`,
      `Evidence: of ${recorded} files on record ${missing.length} are missing or incomplete (${named.join(', ')}${more}). Restore them from a backup, or copy the folder evidence of the former data folder`,
    ),
  ];
};
