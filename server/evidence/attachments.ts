/** Attachments as rows of the database and as the interface shows them. */
import type { Attachment } from '../../geodata/contract/attachments.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

type AttachmentRow = {
  id: string;
  site_code: string;
  kind: Attachment['kind'];
  moment: Attachment['moment'];
  purpose: Attachment['purpose'];
  file_name: string;
  sha256: string;
  byte_size: number;
  media_type: string;
  width: number | null;
  height: number | null;
  taken_at: string | null;
  lng: number | null;
  lat: number | null;
  checks: Attachment['checks'];
  period: string | null;
  uploaded_by_id: string | null;
  uploaded_by: string;
  uploaded_at: string;
  withdrawn_at: string | null;
};

/** With the id of the account that sent it, which the interface does not show. */
export type StoredAttachment = { attachment: Attachment; uploaderId: string | null };

const lookup = { class: 'lookup' } as const;

/** Attachments of a site, newest first, withdrawn ones too; none for a site that is not there. */
export async function listAttachments(client: Queryable, siteCode: string): Promise<Attachment[]> {
  const rows = await client.query<AttachmentRow>(
    namedSql('evidence/list-attachments'),
    [siteCode, null],
    lookup,
  );
  return rows.map(describe);
}

/** In the order of the ids, those that are there. */
export async function findAttachments(
  client: Queryable,
  ids: readonly string[],
): Promise<StoredAttachment[]> {
  const rows = await client.query<AttachmentRow>(namedSql('evidence/list-attachments'), [null, ids], lookup);
  const byId = new Map(
    rows.map((row) => [row.id, { attachment: describe(row), uploaderId: row.uploaded_by_id }]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function describe(row: AttachmentRow): Attachment {
  return {
    id: row.id,
    siteCode: row.site_code,
    kind: row.kind,
    moment: row.moment,
    purpose: row.purpose,
    fileName: row.file_name,
    sha256: row.sha256,
    byteSize: row.byte_size,
    mediaType: row.media_type,
    width: row.width,
    height: row.height,
    takenAt: row.taken_at,
    position: row.lng === null || row.lat === null ? null : [row.lng, row.lat],
    checks: row.checks,
    period: row.period,
    uploadedBy: row.uploaded_by,
    uploadedAt: row.uploaded_at,
    withdrawnAt: row.withdrawn_at,
  };
}
