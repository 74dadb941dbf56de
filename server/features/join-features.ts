/** Puts together the features whose text the database gives in two columns. */
import type { FeatureTexts } from '../db/layer-items-sql.ts';

const comma = 0x2c;
const closingBrace = 0x7d;

/**
 * UTF-8 of `before`, the features joined by commas, and `after`. Coordinates are ASCII and are copied byte
 * by byte: decoding and encoding them with their Chinese neighbours would take as long as a third of the query.
 */
export function joinFeatures(before: string, { heads, shapes }: FeatureTexts, after: string): Buffer {
  if (heads === null || shapes === null) return Buffer.from(before + after);
  // The line breaks of both columns make room for the braces and commas between features.
  const size = Buffer.byteLength(before) + Buffer.byteLength(heads) + shapes.length + 1 + after.length;
  const bytes = Buffer.allocUnsafe(size);
  let at = bytes.write(before);
  let headAt = 0;
  let shapeAt = 0;
  for (;;) {
    const headEnd = heads.indexOf('\n', headAt);
    const shapeEnd = shapes.indexOf('\n', shapeAt);
    at += bytes.write(heads.slice(headAt, headEnd < 0 ? undefined : headEnd), at);
    at += bytes.write(shapes.slice(shapeAt, shapeEnd < 0 ? undefined : shapeEnd), at, 'latin1');
    bytes[at++] = closingBrace;
    if (headEnd < 0 || shapeEnd < 0) break;
    bytes[at++] = comma;
    headAt = headEnd + 1;
    shapeAt = shapeEnd + 1;
  }
  at += bytes.write(after, at, 'latin1');
  if (at !== size) throw new Error('the two columns of the features do not fit each other');
  return bytes;
}
