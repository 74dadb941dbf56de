/** Withdrawing (撤回) a photo or document: it counts no more, but stays in the list and the audit, and so does its file. */
import type { Attachment } from '../../geodata/contract/attachments.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import { notAllowed } from '../accounts/refusals.ts';
import { auditActor, recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { findAttachments, type StoredAttachment } from './attachments.ts';
import { type EvidenceSite, mayWithdraw } from './site-rights.ts';

const lookup = { class: 'lookup' } as const;

/**
 * The attachment withdrawn, with the new version of its site; or the code of the site where `seenVersion` is not its present
 * version, and nothing was done. Throws NotFoundError, ForbiddenError, and ConflictError where it was withdrawn
 * already or a report or decision rests on it.
 */
export function withdrawEvidence(
  { database }: Pick<Context, 'database'>,
  account: SignedInAccount,
  id: string,
  seenVersion: number,
): Promise<{ attachment: Attachment; version: number } | { staleSite: string }> {
  return database.transaction(
    async (client) => {
      const { attachment, uploaderId } = await findOne(client, id);
      const [site] = await client.query<EvidenceSite>(
        namedSql('evidence/lock-site'),
        [attachment.siteCode],
        lookup,
      );
      if (site === undefined) throw noSuchAttachment();
      if (!mayWithdraw(account, site, uploaderId)) throw notAllowed();
      if (site.version !== seenVersion) return { staleSite: site.code };
      await refuseWhatIsNeeded(client, id);
      const changed = await client.query(namedSql('evidence/withdraw'), [id, account.name], lookup);
      if (changed.length === 0) throw withdrawnAlready();
      const [raised] = await client.query<{ version: number }>(
        namedSql('evidence/raise-version'),
        [site.code],
        lookup,
      );
      const withdrawn = await findOne(client, id);
      const { fileName, sha256 } = attachment;
      await recordAudit(client, {
        actor: auditActor(account),
        action: 'evidence.withdraw',
        subject: site.code,
        detail: { id, fileName, sha256 },
      });
      return { attachment: withdrawn.attachment, version: raised?.version ?? site.version };
    },
    { class: 'lookup' },
  );
}

/** Throws NotFoundError for what is no id, too. */
export async function findOne(client: Queryable, id: string): Promise<StoredAttachment> {
  const [found] = /^\d{1,18}$/.test(id) ? await findAttachments(client, [id]) : [];
  if (found === undefined) throw noSuchAttachment();
  return found;
}

async function refuseWhatIsNeeded(client: Queryable, id: string): Promise<void> {
  const [obstacle] = await client.query<{ state: 'waiting' | 'decided' }>(
    namedSql('evidence/find-obstacle'),
    [id],
    lookup,
  );
  if (obstacle?.state === 'decided') {
    throw new ConflictError({
      zh: '已审核通过的月报或已作出的决定以这份材料为据,不能撤回。如有错误,请由审核人退回后重新报送。',
      en: 'A report that was passed or a decision rests on this; it cannot be withdrawn. If it is wrong, have the reviewer return the report.',
    });
  }
  if (obstacle?.state === 'waiting') {
    throw new ConflictError({
      zh: '待审核的月报用到这份材料,请先撤回月报。',
      en: 'A report that waits for review uses this; withdraw the report first.',
    });
  }
}

function withdrawnAlready(): ConflictError {
  return new ConflictError({
    zh: '这份材料已经撤回。',
    en: 'This was withdrawn already.',
  });
}

function noSuchAttachment(): NotFoundError {
  return new NotFoundError({
    zh: '没有这份材料。',
    en: 'There is no such photo or document.',
  });
}
