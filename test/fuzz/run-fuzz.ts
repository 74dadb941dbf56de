/** One run of the fuzzer against a started service: sends, checks, shrinks what fails, and watches the process. */
import { checkOutcome } from './check-outcome.ts';
import type { FuzzRequest } from './fuzz-request.ts';
import type { FuzzedApp } from './fuzzed-app.ts';
import { generateRequest, type Territory } from './generate-request.ts';
import { keepJobOpen, type OpenJob, withJob } from './open-jobs.ts';
import { createSender, type Outcome, type Sender } from './send-request.ts';
import { learnVocabulary } from './vocabulary.ts';

export type FuzzOptions = {
  seed: number;
  requests: number;
  /** Requests on the way at once. */
  concurrency?: number;
  deadlineMs?: number;
  onProgress?: (done: number, failures: number) => void;
};

export type FuzzFailure = { index: number; faults: string[]; request: FuzzRequest };

export type FuzzReport = {
  failures: FuzzFailure[];
  byStatus: Record<string, number>;
  /** How often each route was asked by its own method and answered with success. */
  successes: number;
  seconds: number;
  slowestMs: number;
  slowest: FuzzRequest | undefined;
  /** Resident memory less what the answer cache holds, after a fifth of the requests and at the end. */
  rssBytes: { warm: number; end: number };
  /** Tables that are not as they were. */
  changedTables: string[];
  death: string | undefined;
  /** At the end a file can still be uploaded. */
  takesFiles: boolean;
};

const mostFailures = 20;

export async function fuzz(app: FuzzedApp, options: FuzzOptions): Promise<FuzzReport> {
  const { seed, requests, concurrency = 12, deadlineMs = 30_000 } = options;
  const sender = createSender(app.url, deadlineMs);
  const territory = await explore(app);
  const job = keepJobOpen(app);
  await job.refresh();
  const before = await app.fingerprint();
  const report: FuzzReport = {
    failures: [],
    byStatus: {},
    successes: 0,
    seconds: 0,
    slowestMs: 0,
    slowest: undefined,
    rssBytes: { warm: 0, end: 0 },
    changedTables: [],
    death: undefined,
    takesFiles: false,
  };
  const startedAt = performance.now();
  let next = 0;

  async function sendUntil(end: number): Promise<void> {
    while (next < end && report.failures.length < mostFailures && app.death() === undefined) {
      const index = next;
      next += 1;
      const request = asSent(generateRequest(seed, index, territory), app, job);
      const outcome = await sender.send(request);
      record(report, request, outcome);
      const faults = checkOutcome(request, outcome);
      if (faults.length > 0)
        report.failures.push({ index, faults, request: await shrink(request, faults, sender) });
      if (index % 250 === 0) await job.refresh();
      if ((index + 1) % 1_000 === 0) options.onProgress?.(index + 1, report.failures.length);
    }
  }
  const sendAll = (end: number) => Promise.all(Array.from({ length: concurrency }, () => sendUntil(end)));

  await sendAll(Math.floor(requests / 5));
  report.rssBytes.warm = await memoryOf(app);
  await sendAll(requests);
  report.seconds = (performance.now() - startedAt) / 1_000;
  report.death = app.death();
  sender.close();
  if (report.death !== undefined) return report;
  report.rssBytes.end = await memoryOf(app);
  await job.refresh();
  report.takesFiles = !territory.hasAdministrator || job.id() !== undefined;
  const after = await app.fingerprint();
  report.changedTables = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);
  return report;
}

/** What there is to attack, learnt from the service itself. */
export async function explore(app: FuzzedApp): Promise<Territory> {
  const get = async (path: string) => {
    const response = await fetch(app.url + path);
    return { status: response.status, text: await response.text() };
  };
  const paths = [...new Set(app.routes.map(({ path }) => path))];
  return {
    host: new URL(app.url).host,
    // `*` only says which other methods are refused.
    routes: app.routes.filter(({ method }) => method !== 'HEAD' && method !== '*'),
    vocabulary: await learnVocabulary(get, paths, app.layerIds),
    hasAdministrator: app.administratorHeaders.length > 0,
  };
}

/** With the session of the administrator, who must not sign out in the middle of a run, and the job that is open. */
export function asSent(request: FuzzRequest, app: FuzzedApp, job: OpenJob): FuzzRequest {
  if (request.as === 'anonymous' || /session/.test(request.target)) return request;
  const headers = [...request.headers, ...app.administratorHeaders];
  return withJob({ ...request, headers }, job.id());
}

function record(report: FuzzReport, request: FuzzRequest, outcome: Outcome): void {
  const what = outcome.kind === 'answer' ? String(outcome.status) : outcome.kind;
  report.byStatus[what] = (report.byStatus[what] ?? 0) + 1;
  if (outcome.kind === 'answer' && outcome.status < 400) report.successes += 1;
  if (outcome.ms <= report.slowestMs) return;
  report.slowestMs = outcome.ms;
  report.slowest = request;
}

async function memoryOf(app: FuzzedApp): Promise<number> {
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  const cacheBytes = Number(/^lantu_answer_cache_bytes (\S+)$/m.exec(metrics)?.[1] ?? 0);
  return (await app.rssBytes()) - cacheBytes;
}

/** The shortest request found that shows a fault of the same kind; `request` itself where it does not show again. */
async function shrink(request: FuzzRequest, faults: readonly string[], sender: Sender): Promise<FuzzRequest> {
  const kind = faults[0]?.slice(0, 12);
  let smallest = request;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidate of simplerThan(smallest)) {
      const found = checkOutcome(candidate, await sender.send(candidate));
      if (!found.some((fault) => fault.slice(0, 12) === kind)) continue;
      smallest = candidate;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

function simplerThan(request: FuzzRequest): FuzzRequest[] {
  const { headers, target, body, framing, ...rest } = request;
  const [path = '', query] = target.split('?', 2);
  const parameters = query?.split('&') ?? [];
  return [
    ...(body === undefined ? [] : [{ ...rest, headers, target }]),
    ...(body === undefined || body.length < 40 ? [] : [{ ...request, body: body.slice(0, body.length / 2) }]),
    ...headers
      .map((_, index) => ({ ...request, headers: headers.filter((_header, other) => other !== index) }))
      .filter(
        (_, index) =>
          headers[index]?.[0] !== 'Host' || headers.filter(([name]) => name === 'Host').length > 1,
      ),
    ...parameters.map((_, index) => {
      const left = parameters.filter((_parameter, other) => other !== index);
      return { ...request, target: left.length === 0 ? path : `${path}?${left.join('&')}` };
    }),
  ];
}
