/** The files the database refers to: of attachments, withdrawn ones too, and of change sets. */
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

export type RecordedFile = { sha256: string; bytes: number };

/** Each once, in the order of the hashes. */
export function listRecorded(client: Queryable): Promise<RecordedFile[]> {
  return client.query<RecordedFile>(namedSql('evidence/list-recorded'), [], { class: 'bulk' });
}
