/** Where a line of Chinese or Latin text may be broken (GB/T 15834 避头尾; in the manner of UAX #14). Pure. */

/** Never at the start of a line: closing marks and what belongs to a number before it. */
const notFirst = new Set(
  [
    ',.;:!?%)]}>~/|',
    '\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\uff05\uff09\uff3d\uff5d\uff5e',
    '\u300b\u300d\u300f\u3011\u3015\u3009\u3017',
    '\u2019\u201d\u2014\u2026\u00b7\u30fb\u2022\u00b0\u2032\u2033\u2030\u2103\u00b2\u00b3\u33a1',
  ].join(''),
);
/** Never at the end of a line: opening marks and signs before a number. */
const notLast = new Set(
  [
    '([{<#$\u00a5\uffe5\u20ac\u2116',
    '\uff08\uff3b\uff5b\u300a\u300c\u300e\u3010\u3014\u3008\u3016\u2018\u201c',
  ].join(''),
);

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
const digit = /\d/;

/** The text cut at every place where a line may end; spaces stand at the end of their unit. Joined they are the text. */
export function breakUnits(text: string): string[] {
  const units: string[] = [];
  let unit = '';
  let previous = '';
  let beforeSpace = '';
  for (const character of text) {
    if (unit !== '' && mayBreak(previous, character, beforeSpace)) {
      units.push(unit);
      unit = '';
    }
    unit += character;
    if (character !== ' ') beforeSpace = character;
    previous = character;
  }
  if (unit !== '') units.push(unit);
  return units;
}

/** `last`: the last character that is no space, before `next`. */
function mayBreak(previous: string, next: string, last: string): boolean {
  if (next === ' ') return false;
  if (previous === ' ') {
    // 1:350 000 and 2025 年: a figure stays with its groups and its unit.
    if (digit.test(last) && digit.test(next)) return false;
    return !notFirst.has(next) && !notLast.has(last);
  }
  if (notFirst.has(next) || notLast.has(previous)) return false;
  if (wide.test(previous) || wide.test(next)) return true;
  // Between words joined by a hyphen or a slash, but not within a date or a range of figures.
  return (previous === '/' || previous === '-') && !digit.test(next);
}
