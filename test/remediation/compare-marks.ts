/** What of the acknowledged marks and photos a database does not hold, or holds twice. */
import type { FoundMarks } from './examine-marks.ts';
import type { Acknowledged } from './marking-editor.ts';

/** Everything the editors have been told, and how many requests nobody answered clearly. */
export type Ledger = {
  marks: Acknowledged[];
  photos: { site: string; sha256: string }[];
  unanswered: number;
};

/** One line for each fault of `found`, none where all is well. `start`: what was there before the ledger was opened. */
export function faultsOf(found: FoundMarks, start: FoundMarks, ledger: Ledger): string[] {
  const faults: string[] = [];
  const bySite = Map.groupBy(found.marks, ({ code }) => code);
  const before = Map.groupBy(start.marks, ({ code }) => code);
  // Each mark raises the version of its site by one.
  const unmarked = (code: string): number => (start.versions[code] ?? 0) - (before.get(code)?.length ?? 0);
  for (const { code, version, kind, words } of ledger.marks) {
    const mark = bySite.get(code)?.[version - unmarked(code) - 1];
    if (mark?.kind !== kind || mark.words !== words)
      faults.push(`lost: ${kind} of ${code}, version ${version}: ${JSON.stringify(mark)}`);
  }
  const words = found.marks.flatMap((mark) => mark.words ?? []);
  if (new Set(words).size < words.length) faults.push('marks were made twice');
  for (const [code, marks] of bySite) {
    const version = found.versions[code];
    if (version !== unmarked(code) + marks.length)
      faults.push(`${code} has version ${version} after ${marks.length} marks`);
  }
  const added = found.marks.length - start.marks.length;
  if (added < ledger.marks.length || added > ledger.marks.length + ledger.unanswered)
    faults.push(`${added} marks, ${ledger.marks.length} acknowledged, ${ledger.unanswered} unanswered`);
  const photos = found.photos.map(({ site, sha256 }) => `${site} ${sha256}`);
  const known = new Set(photos);
  if (known.size < photos.length) faults.push('photos were stored twice');
  for (const { site, sha256 } of ledger.photos)
    if (!known.has(`${site} ${sha256}`)) faults.push(`lost: photo ${sha256} of ${site}`);
  return [
    ...faults,
    ...found.brokenChains.map((id) => `the chain of dataset ${id} does not hold`),
    ...found.withoutFile.map((sha256) => `photo ${sha256} has no file`),
    ...found.withoutRow.map((sha256) => `file ${sha256} has no row`),
  ];
}
