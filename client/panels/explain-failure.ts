/** What a failed request means to a reader and what to do about it. Pure. */
import { RequestError } from '../api/request.ts';
import type { Texts } from '../i18n/zh.ts';

/** The sentence for a reader, from whatever was thrown. */
export function explainFailure(error: unknown, { errors }: Texts): { what: string; todo: string } {
  if (!(error instanceof RequestError)) return { what: String(error), todo: errors.unexpectedDo };
  const { failure } = error;
  if (failure.cause === 'unreachable') return { what: errors.unreachable, todo: errors.unreachableDo };
  if (failure.cause === 'unexpected') {
    return { what: `${errors.unexpected} (${failure.reason})`, todo: errors.unexpectedDo };
  }
  return { what: failure.problem.title, todo: failure.problem.detail ?? '' };
}
