/** Answers about workbooks: a month of a reporting unit filled in as a spreadsheet, looked at first, then applied as one. */
import { z } from 'zod';
import { periodSchema, warningSchema } from './marking.ts';

export const workbookLimits = { bytes: 10 * 2 ** 20 } as const;

/** What is wrong in one cell; the title begins with the place: 第 12 行 E 列:… */
export const cellProblemSchema = z.object({
  /** 1 is the first. */
  row: z.number().int(),
  /** Letters, such as E. */
  column: z.string(),
  /** Code of the site of the row, where it has one. */
  code: z.string().nullable(),
  title: z.object({ zh: z.string(), en: z.string() }),
});
export type CellProblem = z.infer<typeof cellProblemSchema>;

/** One row that reports something. */
export const workbookRowSchema = z.object({
  row: z.number().int(),
  code: z.string(),
  name: z.string(),
  effectiveOn: z.iso.date(),
  /** Before and after by field of the report (`Answer` of contract/marking.ts); areas in m². */
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
  /** Unlikely values with the reasons given. */
  warnings: z.array(warningSchema),
});
export type WorkbookRow = z.infer<typeof workbookRowSchema>;

/** Answer of POST /api/workbooks: what applying would do. Nothing was written. */
export const workbookPreviewSchema = z.object({
  /** Goes into POST /api/workbooks/{token}/apply within the hour; null where there are problems, or nothing to apply. */
  token: z.string().nullable(),
  unit: z.object({ code: z.string(), name: z.string(), nameEn: z.string() }),
  period: periodSchema,
  /** Rows of sites, and of these the ones that were filled in. */
  rowCount: z.number().int(),
  filledCount: z.number().int(),
  /** Filled rows that can be applied, in their order. */
  rows: z.array(workbookRowSchema),
  problems: z.array(cellProblemSchema),
});
export type WorkbookPreview = z.infer<typeof workbookPreviewSchema>;
