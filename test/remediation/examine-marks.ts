/** What a database holds of marking and evidence after a crash, as its tests compare it with what was acknowledged. */
import { readdir } from 'node:fs/promises';
import { readConfig } from '../../server/config.ts';
import type { Database } from '../../server/db/database.ts';
import { evidenceFolder } from '../../server/evidence/evidence-files.ts';
import { findMissing, sweepEvidence } from '../../server/evidence/sweep-evidence.ts';

export type FoundMarks = {
  /** Marks in the order of their chain. */
  marks: { code: string; kind: string; words: string | null }[];
  /** Versions of the sites. */
  versions: Record<string, number>;
  /** Datasets whose chain does not hold. */
  brokenChains: string[];
  photos: { site: string; sha256: string }[];
  /** Hashes of photos whose file is not there, or not whole. */
  withoutFile: string[];
  /** Files that no row refers to, after the sweep. */
  withoutRow: string[];
};

const read = { class: 'read' } as const;
const aWeekMs = 7 * 24 * 3_600_000;

/** Sweeps the evidence as if a week had passed, so nothing may be under way. */
export async function examineMarks(database: Database, dataDir: string): Promise<FoundMarks> {
  const marks = await database.query<FoundMarks['marks'][number]>(
    `select site_code as code, kind, reason as words from app.mine_site_event
     where kind not in ('record', 'import') order by dataset_id, seq`,
    [],
    read,
  );
  const sites = await database.query<{ code: string; version: number }>(
    'select code, version from geo.mine_site',
    [],
    read,
  );
  const broken = await database.query<{ id: string }>(
    `select dataset_id::text as id from app.event_chain where app.verify_event_chain(dataset_id) is not null`,
    [],
    read,
  );
  const photos = await database.query<FoundMarks['photos'][number]>(
    'select site_code as site, sha256 from app.attachment',
    [],
    read,
  );
  const context = { database, config: { ...readConfig({}).config, dataDir } };
  await sweepEvidence(context, () => Date.now() + aWeekMs);
  const { missing } = await findMissing(context);
  const known = new Set(photos.map(({ sha256 }) => sha256));
  const files = await readdir(evidenceFolder(dataDir), { recursive: true }).catch(() => []);
  const hashes = files.flatMap((name) => /[0-9a-f]{64}/.exec(name)?.[0] ?? []);
  return {
    marks,
    versions: Object.fromEntries(sites.map(({ code, version }) => [code, version])),
    brokenChains: broken.map(({ id }) => id),
    photos,
    withoutFile: missing.map(({ sha256 }) => sha256),
    withoutRow: hashes.filter((sha256) => !known.has(sha256)),
  };
}
