/** One way to ask the service: JSON parsed by its contract, every failure a RequestError with its cause. */
import { z } from 'zod';

const problemSchema = z.looseObject({
  status: z.number().int(),
  code: z.string().optional(),
  title: z.string(),
  detail: z.string().optional(),
  field: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/**
 * unreachable: no answer; refused: the service answered with a problem document; unexpected: the
 * answer is not what the contract says (a proxy's page, another version).
 */
export type RequestFailure =
  | { cause: 'unreachable' }
  | { cause: 'refused'; problem: Problem }
  | { cause: 'unexpected'; status: number; reason: string };

export class RequestError extends Error {
  readonly failure: RequestFailure;
  constructor(failure: RequestFailure) {
    super(failure.cause === 'refused' ? failure.problem.title : failure.cause);
    this.name = 'RequestError';
    this.failure = failure;
  }
}

/** Worth asking again without the reader doing anything: the service was away or busy. */
export function isPassing(failure: RequestFailure): boolean {
  if (failure.cause === 'unreachable') return true;
  return failure.cause === 'refused' && [429, 502, 503, 504].includes(failure.problem.status);
}

/** What went wrong with an answer that is not a success. */
export function failureOf(status: number, body: unknown): RequestFailure {
  const problem = problemSchema.safeParse(body);
  if (problem.success) return { cause: 'refused', problem: problem.data };
  return { cause: 'unexpected', status, reason: `HTTP ${status}` };
}

/**
 * The parsed answer of a GET. Problem texts come in the language of the page.
 * Throws RequestError; an abort is passed on as it is.
 */
export async function requestJson<Output>(
  url: string,
  schema: z.ZodType<Output>,
  signal?: AbortSignal,
): Promise<Output> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: {
        accept: 'application/json, application/geo+json',
        'accept-language': document.documentElement.lang,
      },
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestError({ cause: 'unreachable' });
  }
  const text = await response.text().catch((error: unknown) => {
    if (signal?.aborted) throw error;
    return '';
  });
  return readAnswer(response.status, text, schema);
}

/** The parsed body of an answer; an empty body is parsed as null. Throws RequestError. */
export function readAnswer<Output>(status: number, text: string, schema: z.ZodType<Output>): Output {
  const body = jsonOf(text);
  if (status < 200 || status >= 300) throw new RequestError(failureOf(status, body));
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const reason = issue ? `${issue.path.join('.')}: ${issue.message}` : '';
  throw new RequestError({ cause: 'unexpected', status, reason });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
