/**
 * The document of a list (one paper for many sites): uploaded before the list is made, kept with the evidence. What no list
 * takes is swept with files nothing refers to.
 */
import type { SetDocument } from '../../geodata/contract/change-sets.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import { auditActor, recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { NotFoundError, UnprocessableError } from '../errors.ts';
import { placeFile, sizeOfFile } from '../evidence/evidence-files.ts';
import type { PreparedFile } from '../evidence/prepare-file.ts';

const lookup = { class: 'lookup' } as const;

/** Throws UnprocessableError for what is no document. */
export async function keepDocument(
  { database, config }: Pick<Context, 'database' | 'config'>,
  account: SignedInAccount,
  { name, path, sha256, inspected }: PreparedFile,
): Promise<SetDocument> {
  if (inspected.kind !== 'document') {
    throw new UnprocessableError(
      {
        zh: '名单文件应为 PDF、OFD、DOCX、XLSX 或 ZIP,不是照片。',
        en: 'The document of a list is a PDF, OFD, DOCX, XLSX or ZIP, not a photo.',
      },
      { field: 'files' },
    );
  }
  const { mediaType, byteSize } = inspected;
  await database.transaction(
    async (client) => {
      await client.query(namedSql('evidence/lock-store'), [], lookup);
      await placeFile(config.dataDir, path, sha256);
      await client.query(
        namedSql('remediation/keep-list-document'),
        [account.id, sha256, name, mediaType, byteSize],
        lookup,
      );
      await recordAudit(client, {
        actor: auditActor(account),
        action: 'change-set.document',
        subject: sha256,
        detail: { fileName: name },
      });
    },
    { class: 'read' },
  );
  return { documentId: sha256, fileName: name, mediaType, byteSize };
}

/** Throws NotFoundError. */
export async function findDocument(
  client: Queryable,
  changeSetId: string,
  documentId: string,
): Promise<{ sha256: string; fileName: string; mediaType: string }> {
  const isId = /^\d{1,18}$/.test(changeSetId) && /^[0-9a-f]{64}$/.test(documentId);
  const [row] = isId
    ? await client.query<{ sha256: string; file_name: string; media_type: string }>(
        namedSql('remediation/find-set-document'),
        [changeSetId, documentId],
        lookup,
      )
    : [];
  if (row !== undefined) return { sha256: row.sha256, fileName: row.file_name, mediaType: row.media_type };
  throw new NotFoundError({
    zh: '这次成批变更没有这份文件。',
    en: 'The change set has no such document.',
  });
}

/** The hash, once it belongs to the set. Throws UnprocessableError where the account uploaded no such document within the hour. */
export async function attachDocument(
  client: Queryable,
  dataDir: string,
  { account, changeSetId, documentId }: { account: SignedInAccount; changeSetId: string; documentId: string },
): Promise<string> {
  const [row] = await client.query<{ bytes: string }>(
    namedSql('remediation/attach-list-document'),
    [changeSetId, account.id, documentId],
    lookup,
  );
  // Files are swept a day after they came at the earliest: within the hour this one stands.
  if (row === undefined || (await sizeOfFile(dataDir, documentId)) !== Number(row.bytes)) {
    throw new UnprocessableError(
      {
        zh: '没有这份名单文件:可能上传已超过一小时。请重新上传后再办理。',
        en: 'There is no such document of the list: it may have been uploaded more than an hour ago. Upload it again.',
      },
      { field: 'documentId' },
    );
  }
  return documentId;
}
