/** Finds the site a file is for by the code in its name, or in the names of the folders it lies in; pure. */

/** Code as it stands in the database by its comparable form. */
export type SiteCodes = ReadonlyMap<string, string>;

export function indexCodes(codes: Iterable<string>): SiteCodes {
  return new Map([...codes].map((code) => [comparable(code), code]));
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

function codesIn(text: string, codes: SiteCodes): string[] {
  const found = new Set<string>();
  const characters = [...text].slice(0, longestPart);
  const isBreak = (at: number): boolean =>
    !(isWordCharacter(characters[at - 1]) && isWordCharacter(characters[at]));
  for (let start = 0; start < characters.length; start += 1) {
    if (!isBreak(start)) continue;
    for (let end = characters.length; end > start; end -= 1) {
      const code = isBreak(end) ? codes.get(characters.slice(start, end).join('')) : undefined;
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
