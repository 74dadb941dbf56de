/** What the file of a sheet is called: its title, paper and day, in names every system takes. */
import { sampleWord } from '../../exports/describe-layer.ts';

export const sheetContentTypes = {
  svg: 'image/svg+xml',
  png: 'image/png',
  pdf: 'application/pdf',
  zip: 'application/zip',
} as const;

/** `date`: YYYY-MM-DD. */
export function sheetFileName({
  title,
  paper,
  date,
  hasSampleData,
  extension,
}: {
  title: string;
  paper: string;
  date: string;
  hasSampleData: boolean;
  extension: keyof typeof sheetContentTypes;
}): string {
  const parts = [plainName(title) || 'sheet', paper, date.replaceAll('-', '')];
  if (hasSampleData && !title.includes(sampleWord)) parts.push(sampleWord);
  return `${parts.join('_')}.${extension}`;
}

/** Without the characters Windows does not allow, and not longer than any file system takes. */
export function plainName(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\\/:*?"<>|]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return [...plain].slice(0, 50).join('');
}
