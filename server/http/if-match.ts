/** If-Match of a write: the version its sender saw (RFC 9110, 13.1.1). */
import type { Request } from 'express';
import { BadRequestError, PreconditionRequiredError } from '../errors.ts';

/**
 * The version in the header, such as 7 of `"7"`. Throws PreconditionRequiredError without it and BadRequestError where
 * it is no single version in quotes; a weak one never matches and is 0.
 */
export function readIfMatch(request: Request): number {
  const header = request.get('If-Match')?.trim();
  if (header === undefined || header === '') {
    throw new PreconditionRequiredError(
      {
        zh: '请在 If-Match 中给出所见的版本,例如 If-Match: "7"(取自 ETag),以免覆盖他人的修改。',
        en: 'Say in If-Match which version you saw, such as If-Match: "7" (from the ETag), so that nobody is overwritten.',
      },
      { field: 'If-Match' },
    );
  }
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  if (/^W\/"[^"]*"$/.test(header)) return 0;
  throw new BadRequestError(
    {
      zh: 'If-Match 应为一个带引号的版本号,例如 "7"。',
      en: 'If-Match is one version in quotes, such as "7".',
    },
    { field: 'If-Match' },
  );
}

/** The ETag of a version. */
export function versionTag(version: number): string {
  return `"${version}"`;
}
