/** What must hold of every answer, whatever was asked. */
import { type FuzzRequest, isWellFormed } from './fuzz-request.ts';
import type { Outcome } from './send-request.ts';

type Answer = Extract<Outcome, { kind: 'answer' }>;

/** Traces of the inside that the fuzzer itself never sends. */
const leaks = [
  /node_modules/,
  /\.(ts|mjs|js):\d+/,
  /\bat (async )?[\w.<>]+ \((file:|node:|\/)/,
  /\/(work|home|root|usr|tmp|var)\/[\w-]+\//,
  /syntax error at or near|violates|does not exist\b.*\bLINE|invalid input syntax|SQLSTATE|pg_catalog/,
  /postgres(ql)?:\/\//,
  /\b(ENOENT|EACCES|ECONNREFUSED|EPIPE|ERR_[A-Z_]{4,})\b/,
  /TypeError|RangeError|ReferenceError|ZodError|\[object /,
];

/** Answers the parser gives before the app has seen anything. */
const parserStatuses = new Set([400, 408, 417, 431]);

/** One line per fault; empty when all is well. */
export function checkOutcome(request: FuzzRequest, outcome: Outcome): string[] {
  if (outcome.kind === 'hang') return [`no answer in ${Math.round(outcome.ms)} ms`];
  if (outcome.kind === 'closed')
    return isWellFormed(request) && !isLargeBody(request)
      ? [`closed without an answer: ${outcome.reason}`]
      : [];
  return [
    ...checkStatus(outcome),
    ...checkHeaders(outcome),
    ...(outcome.status >= 400 ? checkProblem(request, outcome) : checkContent(outcome)),
  ];
}

/** One that may be refused while it is still on its way: then the connection ends before the answer is read. */
function isLargeBody({ body }: FuzzRequest): boolean {
  return (body?.length ?? 0) > 16_384;
}

function checkStatus({ status, headers, body }: Answer): string[] {
  if (status < 500) return [];
  const isBusy = status === 503 && /"code":"busy"/.test(body) && headers.has('retry-after');
  return isBusy ? [] : [`status ${status}`];
}

function checkHeaders({ status, headers }: Answer): string[] {
  const faults: string[] = [];
  const expected: [name: string, value: RegExp][] = [['x-content-type-options', /^nosniff$/]];
  if (headers.has('x-request-id')) expected.push(['content-security-policy', /default-src 'self'/]);
  else if (!parserStatuses.has(status)) faults.push(`${status} without x-request-id`);
  for (const [name, value] of expected)
    if (!value.test(headers.get(name) ?? '')) faults.push(`${status} with ${name}: ${headers.get(name)}`);
  for (const name of [
    'x-powered-by',
    'server',
    'x-injected',
    'access-control-allow-origin',
    'strict-transport-security',
  ])
    if (headers.has(name)) faults.push(`answers with the header ${name}`);
  const location = headers.get('location');
  if (
    location !== undefined &&
    !/^(imports\/\w|\/(?![/\\]))/.test(location) &&
    !/^https?:\/\/(localhost|127\.0\.0\.1)[:/]/.test(location)
  )
    faults.push(`sends elsewhere: ${location}`);
  if ([...headers.values()].some((value) => value.includes('attacker.example') || value.includes('<script>')))
    faults.push('a header repeats what a stranger sent');
  return faults;
}

function checkProblem({ method }: FuzzRequest, { status, headers, body }: Answer): string[] {
  if (method.toUpperCase() === 'HEAD' && body === '') return [];
  if (!(headers.get('content-type') ?? '').startsWith('application/problem+json'))
    return [`${status} that is no problem document: ${headers.get('content-type')}`];
  let problem: Record<string, unknown>;
  try {
    problem = JSON.parse(body) as Record<string, unknown>;
  } catch {
    return [`${status} whose document is no JSON: ${body.slice(0, 100)}`];
  }
  const faults = leaks.filter((leak) => leak.test(body)).map((leak) => `tells of the inside: ${leak}`);
  if (problem.status !== status) faults.push(`says status ${problem.status} under ${status}`);
  if (typeof problem.code !== 'string' || !/^[a-z]+(-[a-z]+)*$/.test(problem.code))
    faults.push('has no stable code');
  if (typeof problem.detail !== 'string' || problem.detail.length < 5)
    faults.push('does not say what is wrong');
  if (body.length > 60_000) faults.push(`a problem of ${body.length} characters`);
  return faults;
}

function checkContent({ status, headers, body }: Answer): string[] {
  const type = headers.get('content-type') ?? '';
  if (status === 204 || status === 304) return body === '' ? [] : [`${status} with a body`];
  if (headers.has('content-encoding') || body === '') return [];
  if (/json/.test(type)) {
    try {
      JSON.parse(body);
    } catch {
      return [`${status} with broken JSON`];
    }
  }
  return /html|xml|svg/.test(type) && body.includes('marker()') ? ['a page repeats what was sent'] : [];
}
