/** Text to bytes of GBK (code page 936), the way Chinese Windows writes it: the platform only decodes, so its table is turned round. */

let bytesByCharacter: Map<string, number> | undefined;

/** The bytes, or the first character GBK does not have. */
export function encodeGbk(text: string): Buffer | { missing: string } {
  bytesByCharacter ??= turnedTable();
  const bytes = Buffer.allocUnsafe(text.length * 2);
  let at = 0;
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code < 0x80) {
      at = bytes.writeUInt8(code, at);
      continue;
    }
    const pair = bytesByCharacter.get(character);
    if (pair === undefined) return { missing: character };
    at = bytes.writeUInt16BE(pair, at);
  }
  return bytes.subarray(0, at);
}

function turnedTable(): Map<string, number> {
  const decoder = new TextDecoder('gbk', { fatal: true });
  const table = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      try {
        const character = decoder.decode(Uint8Array.of(lead, trail));
        // Some pairs mean two characters (an invalid lead before an ASCII one).
        if ([...character].length === 1 && !table.has(character)) table.set(character, lead * 256 + trail);
      } catch {
        // Not every pair stands for a character.
      }
    }
  }
  return table;
}
