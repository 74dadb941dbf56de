/**
 * The archive: gzip over lines of JSON in UTF-8, the same from every engine.
 *   1. the header (what made it, from which schema, which tables with how many rows)
 *   2. for each table, in the order of the header, {"table": name} and its rows as arrays of PostgreSQL text values
 *   3. for each file of evidence, {"file": its SHA-256 in hex, "bytes": n} and its content as strings of base64
 *   4. the end: {"end": true, "sha256": hex over every byte before this line}
 * Geometry is EWKB in hex, numbers in shortest exact form, instants in UTC.
 */
import { z } from 'zod';

export const product = 'lantu-archive';
/** Raised when an older program could misread the archive. */
export const formatVersion = 2;

const migrationSchema = z.object({ name: z.string(), checksum: z.string() });

export const headerSchema = z.object({
  product: z.literal(product),
  /** Archives of format 1 have no files of evidence. */
  format: z.union([z.literal(1), z.literal(formatVersion)]),
  createdAt: z.iso.datetime(),
  region: z.string(),
  engine: z.enum(['embedded', 'server']),
  migrations: z.array(migrationSchema),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.number().int().nonnegative(),
      /** Where the identity column goes on counting; null without one. */
      identity: z
        .object({ column: z.string(), last: z.string().regex(/^\d{1,19}$/), isCalled: z.boolean() })
        .nullable(),
    }),
  ),
});
export type ArchiveHeader = z.infer<typeof headerSchema>;
export type ArchiveTable = ArchiveHeader['tables'][number];

/** Read before the full header, so that a newer archive is told apart from a damaged one. */
export const preambleSchema = z.object({ product: z.literal(product), format: z.number().int().positive() });

export const tableLineSchema = z.object({ table: z.string() });
export const rowSchema = z.array(z.string().nullable());
export const fileLineSchema = z.object({
  file: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
});
export const contentSchema = z.base64();
export const endLineSchema = z.object({ end: z.literal(true), sha256: z.string() });
export const lineAfterTablesSchema = z.union([endLineSchema, fileLineSchema]);

/** What a reader of an archive hands on. */
export type ArchivePart =
  | { kind: 'header'; header: ArchiveHeader }
  | { kind: 'table'; table: ArchiveTable }
  | { kind: 'row'; values: (string | null)[]; bytes: number }
  | { kind: 'file'; sha256: string; bytes: number }
  /** Of the file before it; the last piece comes when the file is proven to be what it is named after. */
  | { kind: 'content'; piece: Buffer; isLast: boolean };
