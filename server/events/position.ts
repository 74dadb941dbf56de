/** A place in the changes of the data, as far as one caller may read them; the id of an event of the stream. Pure. */
import { z } from 'zod';

export type Position = {
  /** Revision by id of the layers the caller may read. */
  layers: Readonly<Record<string, string>>;
  /** Of what is no layer: datasets, campaigns, units; '' for whoever may not read the mine sites. */
  others: string;
  /** Sequence by chain of events (dataset id); none for whoever may not read the mine sites. */
  chains: Readonly<Record<string, string>>;
};

const longest = 4_000;
const positionSchema = z.strictObject({
  layers: z.record(z.string().max(63), z.string().max(20)),
  others: z.string().max(500),
  chains: z.record(z.string().regex(/^\d{1,18}$/), z.string().regex(/^\d{1,18}$/)),
});

/** Opaque text of base64url; no reader has to understand it. */
export function writePosition({ layers, others, chains }: Position): string {
  return Buffer.from(JSON.stringify({ layers, others, chains })).toString('base64url');
}

/** Null for text that writePosition did not write. */
export function readPosition(text: string): Position | null {
  if (text.length > longest) return null;
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return null;
  }
}

/** New revisions of the layers that differ; '' for those that are no longer to be read. */
export function changedLayers(from: Position, to: Position): Record<string, string> {
  const gone = Object.keys(from.layers).filter((id) => to.layers[id] === undefined);
  return Object.fromEntries([
    ...Object.entries(to.layers).filter(([id, revision]) => from.layers[id] !== revision),
    ...gone.map((id): [string, string] => [id, '']),
  ]);
}

/** Whether a screen that stood at one shows something else at the other. */
export function isSamePlace(a: Position, b: Position): boolean {
  return a.others === b.others && Object.keys(changedLayers(a, b)).length === 0;
}
