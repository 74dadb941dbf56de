/** Finds the site a file is for by the code in its name, or in the names of the folders it lies in; pure. */

/** Codes as they stand in the database by their comparable form, and the length of the longest form. */
export type SiteCodes = { byForm: ReadonlyMap<string, string>; longest: number };

export function indexCodes(codes: Iterable<string>): SiteCodes {
  const byForm = new Map([...codes].map((code) => [comparable(code), code]));
  const longest = [...byForm.keys()].reduce((most, { length }) => Math.max(most, length), 0);
  return { byForm, longest };
}

/**
 * The code of the site, or null where the path names none, or two. `path` has `/` between its parts; the file's own name
 * counts before its folder's, and that before the folder's above. Letter case and full width do not matter; a code does not
 * count within a longer run of letters and digits, and of codes that overlap the longest does.
 */
export function matchSite(path: string, codes: SiteCodes): string | null {
  for (const part of path.split('/').toReversed()) {
    const found = codesIn(comparable(part), codes);
    if (found.length > 1) return null;
    if (found[0] !== undefined) return found[0];
  }
  return null;
}

const longestPart = 255;

function codesIn(given: string, { byForm, longest }: SiteCodes): string[] {
  const found = new Set<string>();
  const text = given.slice(0, longestPart);
  const isBreak = Array.from(
    { length: text.length + 1 },
    (_, at) => !(isWordCharacter(text[at - 1]) && isWordCharacter(text[at])),
  );
  for (let start = 0; start < text.length; start += 1) {
    if (!isBreak[start]) continue;
    for (let end = Math.min(text.length, start + longest); end > start; end -= 1) {
      const code = isBreak[end] ? byForm.get(text.slice(start, end)) : undefined;
      if (code === undefined) continue;
      found.add(code);
      start = end - 1;
      break;
    }
  }
  return [...found];
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Z0-9]/.test(character);
}

function comparable(text: string): string {
  return text.normalize('NFKC').toUpperCase();
}
