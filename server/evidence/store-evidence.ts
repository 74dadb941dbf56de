/**
 * Keeps prepared files as evidence of sites: files in their place first, then the rows, all of a request or none. A process
 * killed between the two leaves files without a row, which the sweep removes. Files are only added, never written over:
 * that is why an upload needs no If-Match, and why the same file sent twice for the same purpose stands once.
 */
import { join } from 'node:path';
import type { Attachment, EvidenceCheck, EvidenceMeaning } from '../../geodata/contract/attachments.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import { auditActor, recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { findAttachments } from './attachments.ts';
import { checkDuplicate, checkPlace, checkTime, measureDistances } from './check-photo.ts';
import { placeFile, placeThumbnail } from './evidence-files.ts';
import type { PreparedFile } from './prepare-file.ts';

export type EvidenceToStore = { siteCode: string; file: PreparedFile; meaning: EvidenceMeaning };

const lookup = { class: 'lookup' } as const;

/** The attachments in the order given, each once. `scratch` is a folder of the caller on the disk of the data folder. */
export async function storeEvidence(
  { database, config }: Pick<Context, 'database' | 'config'>,
  account: SignedInAccount,
  items: readonly EvidenceToStore[],
  scratch: string,
): Promise<Attachment[]> {
  const sentAt = new Date();
  const ownChecks = new Map<EvidenceToStore, EvidenceCheck[]>();
  for (const item of items) ownChecks.set(item, await checkAlone(database, item, sentAt));
  return database.transaction(
    async (client) => {
      await client.query(namedSql('evidence/lock-store'), [], lookup);
      for (const { file } of items) await place(config.dataDir, file, scratch);
      const ids: string[] = [];
      const added: { id: string; item: EvidenceToStore }[] = [];
      for (const item of items) {
        const standing = await findStanding(client, item);
        const id = standing ?? (await add(client, account, item, ownChecks.get(item) ?? []));
        if (standing === undefined) added.push({ id, item });
        if (!ids.includes(id)) ids.push(id);
      }
      const stored = await findAttachments(client, ids);
      await recordAudit(
        client,
        ...added.map(({ id, item: { siteCode, file } }) => ({
          actor: auditActor(account),
          action: 'evidence.add',
          subject: siteCode,
          detail: { id, fileName: file.name, sha256: file.sha256 },
        })),
      );
      return stored.map(({ attachment }) => attachment);
    },
    { class: 'read' },
  );
}

/** What can be said of a photo without the other photos. */
async function checkAlone(
  client: Queryable,
  { siteCode, file: { inspected }, meaning }: EvidenceToStore,
  sentAt: Date,
): Promise<EvidenceCheck[]> {
  if (inspected.kind === 'document') return [];
  const { position, takenAt } = inspected.photo;
  const distances = await measureDistances(client, siteCode, position);
  return [...checkPlace(position, distances), ...checkTime(takenAt, meaning, sentAt)];
}

async function place(
  dataDir: string,
  { path, sha256, inspected }: PreparedFile,
  scratch: string,
): Promise<void> {
  if (inspected.kind === 'photo') {
    await placeThumbnail(dataDir, inspected.photo.thumbnail, sha256, join(scratch, `${sha256}.webp`));
  }
  await placeFile(dataDir, path, sha256);
}

async function findStanding(
  client: Queryable,
  { siteCode, file, meaning: { moment, purpose, period } }: EvidenceToStore,
): Promise<string | undefined> {
  const [row] = await client.query<{ id: string }>(
    namedSql('evidence/find-standing'),
    [siteCode, file.sha256, moment ?? null, purpose ?? null, period ?? null],
    lookup,
  );
  return row?.id;
}

/** The id of the new row; the lock of the store keeps others from adding the same meanwhile. */
async function add(
  client: Queryable,
  account: SignedInAccount,
  { siteCode, file, meaning: { moment, purpose, period } }: EvidenceToStore,
  ownChecks: readonly EvidenceCheck[],
): Promise<string> {
  const { sha256, inspected } = file;
  const photo = inspected.kind === 'photo' ? inspected.photo : null;
  const checks =
    photo === null ? [] : [...ownChecks, ...(await checkDuplicate(client, sha256, photo.likeness))];
  const [row] = await client.query<{ id: string }>(
    namedSql('evidence/add-attachment'),
    [
      siteCode,
      inspected.kind,
      moment ?? null,
      purpose ?? null,
      file.name,
      sha256,
      inspected.byteSize,
      inspected.mediaType,
      photo?.width ?? null,
      photo?.height ?? null,
      photo?.takenAt?.toISOString() ?? null,
      photo?.position?.lng ?? null,
      photo?.position?.lat ?? null,
      photo?.likeness ?? null,
      JSON.stringify(checks),
      period ?? null,
      account.id,
      account.name,
    ],
    lookup,
  );
  if (row === undefined) throw new Error(`attachment ${sha256} of ${siteCode} was neither found nor added`);
  return row.id;
}
