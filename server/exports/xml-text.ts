/** Text for XML 1.0, which has no place for most control characters and for half surrogates. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML cannot hold.
const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Escaped for element content and attributes; line ends and tabs survive. Impossible characters become `replace` of their code. */
export function xmlText(text: string, replace: (code: number) => string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"\r\n\t]/g, (character) => entities[character] ?? character)
    .replace(impossible, (character) => replace(character.charCodeAt(0)));
}

export function hasImpossible(text: string): boolean {
  return text.search(impossible) >= 0;
}
