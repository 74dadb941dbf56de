/** What kind of picture bytes begin like. What a server says its answer is counts for nothing. */

export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp';

/** Type by the first bytes (RFC 2083, JFIF, RFC 9649); null for anything else, SVG and HTML among it. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  const begins = (at: number, text: string) =>
    bytes.length >= at + text.length &&
    [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0));
  if (begins(0, '\xff\xd8\xff')) return 'image/jpeg';
  if (begins(0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  return begins(0, 'RIFF') && begins(8, 'WEBP') ? 'image/webp' : null;
}
