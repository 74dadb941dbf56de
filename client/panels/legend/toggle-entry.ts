/** What a click on a legend entry leaves picked. Pure. */

/**
 * Entry ids picked after a click on `id`; null means no filter. The first click shows one phase alone,
 * later ones add or take away; picking all or none takes the filter off.
 */
export function toggleEntry(picked: string[] | null, id: string, entryCount: number): string[] | null {
  const before = picked ?? [];
  const after = before.includes(id) ? before.filter((other) => other !== id) : [...before, id];
  return after.length === 0 || after.length >= entryCount ? null : after;
}
