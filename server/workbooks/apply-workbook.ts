/** A workbook that was looked at is applied: one change set, a report for each filled row. All of it or nothing. */
import type { ChangeSet } from '../../geodata/contract/change-sets.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { Context } from '../context.ts';
import { namedSql } from '../db/named-sql.ts';
import { NotFoundError } from '../errors.ts';
import { asSetRefusal } from '../remediation/change-set-refused.ts';
import { readChangeSet } from '../remediation/list-change-sets.ts';
import { MarksRefusedError } from '../remediation/marks-refused.ts';
import { writeChangeSet } from '../remediation/write-change-set.ts';
import type { SubmitMark } from './preview-workbook.ts';

type UploadRow = { unit: string; unit_name: string; period: string; marks: SubmitMark[] };

const options = { class: 'bulk' } as const;

/**
 * Throws NotFoundError where nothing waits under the token for this account; PreconditionFailedError with the present sites
 * where some were changed since the workbook was made, UnprocessableError and ForbiddenError naming the sites; it
 * waits on then.
 */
export async function applyWorkbook(
  { database }: Pick<Context, 'database'>,
  account: SignedInAccount,
  token: string,
): Promise<ChangeSet> {
  let period: string | null = null;
  try {
    const id = await database.transaction(async (client) => {
      const [upload] = await client.query<UploadRow>(
        namedSql('workbooks/take-upload'),
        [token, account.id],
        options,
      );
      if (upload === undefined) throw noSuchUpload();
      period = upload.period;
      return writeChangeSet(client, account, {
        kind: 'workbook',
        title: `${upload.period} 填报表:${upload.unit_name}`,
        documentNumber: null,
        undoesId: null,
        marks: upload.marks,
        detail: { unit: upload.unit },
      });
    }, options);
    return await readChangeSet(database, account, id);
  } catch (error) {
    if (!(error instanceof MarksRefusedError)) throw error;
    throw await asSetRefusal(database, account, error, period);
  }
}

function noSuchUpload(): NotFoundError {
  return new NotFoundError({
    zh: '没有待提交的填报表:可能已提交,或核对后已超过一小时。请重新上传。',
    en: 'No workbook waits under this token: it was applied already, or an hour has passed. Upload it again.',
  });
}
