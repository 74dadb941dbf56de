/** Lines of JSON between the command line and a running server: one request up, then progress and one ending down. */
import { z } from 'zod';
import { bilingualSchema } from '../../geodata/catalogue/layer-definition.ts';

/** The words as typed, so that the server parses them as the command line would have. */
export const requestSchema = z.object({
  command: z.string(),
  words: z.array(z.string()),
  /** Folder the command was typed in. */
  folder: z.string(),
});
export type ControlRequest = z.infer<typeof requestSchema>;

export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), text: bilingualSchema }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('failed'), text: bilingualSchema }),
]);
export type ControlAnswer = z.infer<typeof answerSchema>;
