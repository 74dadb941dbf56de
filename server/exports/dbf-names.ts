/** Field names of a DBF: the Chinese title cut by whole characters to ten bytes, the field's own name where that is no good. */
import type { LayerField } from '../../geodata/catalogue/layer-definition.ts';

export type TextEncoding = {
  id: 'gbk' | 'utf-8';
  /** As .cpg files say it. */
  cpg: string;
  /** Byte 29 of a DBF header; 0 says nothing. */
  languageByte: number;
  encode(text: string): Buffer | { missing: string };
};

const maxNameBytes = 10;

/** One name per field, in their order, no two alike in any case of letters. */
export function dbfNames(fields: readonly LayerField[], encoding: TextEncoding): string[] {
  const taken = new Set<string>();
  return fields.map((field) => {
    for (const name of namesFor(field, encoding)) {
      if (taken.has(name.toUpperCase())) continue;
      taken.add(name.toUpperCase());
      return name;
    }
    throw new RangeError(`no DBF name is left for ${field.name}`);
  });
}

function* namesFor({ name, title }: LayerField, encoding: TextEncoding): Generator<string> {
  const cutTitle = cut(title.zh, maxNameBytes, encoding);
  // Other programs take letters, digits and _ only.
  if (/^[\p{Letter}_][\p{Letter}\p{Number}_]*$/u.test(cutTitle)) yield cutTitle;
  yield cut(name, maxNameBytes, encoding);
  for (let number = 1; number < 256; number += 1) {
    const suffix = `_${number}`;
    yield cut(name, maxNameBytes - suffix.length, encoding) + suffix;
  }
}

/** The longest beginning of whole characters that fits. */
function cut(text: string, bytes: number, encoding: TextEncoding): string {
  let kept = '';
  for (const character of text) {
    const encoded = encoding.encode(kept + character);
    if ('missing' in encoded || encoded.length > bytes) break;
    kept += character;
  }
  return kept;
}
