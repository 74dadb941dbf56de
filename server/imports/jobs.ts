/**
 * Imports on their way from the screen: each a job in the memory of this process, with its files on disk and, once
 * checked, its rows in a staging table. One job works at a time, others wait. A restart forgets all of them.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type {
  ImportJob,
  ImportReport,
  ImportSettings,
  Inspection,
  importJobStates,
} from '../../geodata/contract/imports.ts';
import { LantuError } from '../errors.ts';
import { ImportRefusedError } from './import-report.ts';
import { isDone, isImporting, noReport, noSuchJob, problemOf, tooManyJobs } from './job-problems.ts';
import type { ImportSteps, StepReporter } from './job-steps.ts';
import type { Upload } from './upload.ts';
import type { WorkFolder } from './work-folder.ts';

type State = (typeof importJobStates)[number];

export type Jobs = {
  /** Throws ConflictError where too many jobs are open already: asked before an upload is received. */
  checkRoom(): void;
  /** A job for an upload in `folder`, which begins to be read. The job removes the folder in the end. */
  open(upload: Upload, folder: WorkFolder): ImportJob;
  list(): ImportJob[];
  /** The others throw NotFoundError for a job that is not or no longer there. */
  find(id: string): ImportJob;
  /** Settings given anew are laid over those there are. Stops what runs, and reads anew where the file must be. */
  change(id: string, settings: ImportSettings): Promise<ImportJob>;
  check(id: string): Promise<ImportJob>;
  /** Imports what was checked; checks first where that has not been done for the settings there are. */
  start(id: string, actor: string): Promise<ImportJob>;
  cancel(id: string): Promise<ImportJob>;
  discard(id: string): Promise<void>;
  /** The report with every row. */
  report(id: string): ImportReport;
  /** Stops what runs and discards all. */
  close(): Promise<void>;
};

export type JobLimits = { most: number; restMs: number };

const defaultLimits: JobLimits = { most: 8, restMs: 24 * 60 * 60_000 };

/** Rows listed in a job; the report for download has all of them. */
const listedRows = 500;

/** Read with these, or staged by these; the others are said in the last step only. */
const readSettings = ['part', 'crs', 'encoding'] as const;
const stageSettings = ['layerId', 'mode', 'mapping', 'profile', 'asOf'] as const;

type Job<Delivery, Staged> = {
  id: string;
  folder: WorkFolder;
  upload: Upload;
  state: State;
  settings: ImportSettings;
  delivery: Delivery | null;
  /** Where the delivery was read into. */
  readFolder: string | null;
  /** Rows staged for these settings, not yet in the layer. */
  staged: Staged | null;
  report: ImportReport | null;
  progress: ImportJob['progress'];
  problem: ImportJob['problem'];
  running: { abort: AbortController; ended: Promise<void> } | null;
  touchedAt: number;
};

export function createJobs<Delivery extends { inspection: Inspection }, Staged>(
  steps: ImportSteps<Delivery, Staged>,
  onFailure: (error: unknown) => void,
  limits: JobLimits = defaultLimits,
): Jobs {
  type OneJob = Job<Delivery, Staged>;
  const jobs = new Map<string, OneJob>();
  let turn: Promise<void> = Promise.resolve();

  /** Runs `work` when those before have ended. Errors end in the job. */
  function run(job: OneJob, state: State, work: (reporter: StepReporter) => Promise<void>): void {
    const abort = new AbortController();
    const before = turn;
    job.state = state;
    job.problem = null;
    job.progress = { text: waiting, done: null, total: null };
    const reporter: StepReporter = {
      signal: abort.signal,
      report(text, counts) {
        job.progress = { text, done: counts?.done ?? null, total: counts?.total ?? null };
      },
    };
    const ended = Promise.race([before, aborted(abort.signal)])
      .then(() => work(reporter))
      .catch((error: unknown) => {
        job.state = abort.signal.aborted ? 'cancelled' : 'failed';
        job.problem = abort.signal.aborted ? null : problemOf(error);
        // With the rows that are refused, which may be others than the check found.
        if (error instanceof ImportRefusedError) job.report = error.report;
        if (!abort.signal.aborted && !(error instanceof LantuError)) onFailure(error);
      })
      .finally(() => {
        job.progress = null;
        job.running = null;
        job.touchedAt = Date.now();
      });
    job.running = { abort, ended };
    turn = Promise.allSettled([before, ended]).then(() => undefined);
  }

  async function stop(job: OneJob): Promise<void> {
    // Another request may have set it to work again meanwhile.
    while (job.running !== null) {
      const { abort, ended } = job.running;
      abort.abort(new Cancelled());
      await ended;
    }
  }

  /** The job, standing still and open to changes. */
  async function halted(id: string): Promise<OneJob> {
    const job = get(id);
    if (job.state === 'importing') throw isImporting();
    await stop(job);
    if (job.state === 'done') throw isDone();
    return get(id);
  }

  async function dropStaged(job: OneJob): Promise<void> {
    const { staged } = job;
    job.staged = null;
    if (staged !== null) await steps.drop(staged);
  }

  async function read(job: OneJob, reporter: StepReporter): Promise<Delivery> {
    const { part, crs, encoding } = job.settings;
    if (job.readFolder !== null) await rm(job.readFolder, { recursive: true, force: true });
    job.readFolder = await mkdtemp(join(job.folder.path, 'read-'));
    job.delivery = await steps.read(job.upload.paths, { part, crs, encoding }, job.readFolder, reporter);
    return job.delivery;
  }

  /** The staged rows and what an import of them would do. */
  async function stage(
    job: OneJob,
    reporter: StepReporter,
  ): Promise<{ staged: Staged; report: ImportReport }> {
    const delivery = job.delivery ?? (await read(job, reporter));
    await dropStaged(job);
    const { staged, report } = await steps.check(delivery, job.settings, reporter);
    job.staged = staged;
    job.report = report;
    return { staged, report };
  }

  function startReading(job: OneJob): void {
    run(job, 'reading', async (reporter) => {
      await read(job, reporter);
      job.state = 'inspected';
    });
  }

  function view(job: OneJob): ImportJob {
    const { id, state, settings, delivery, report, progress, problem, upload } = job;
    return {
      id,
      state,
      fileNames: upload.fileNames,
      settings,
      inspection: delivery?.inspection ?? null,
      report: report === null ? null : shortened(report),
      problemCount: report?.problems.length ?? 0,
      repairCount: report?.repairs.length ?? 0,
      progress,
      problem,
    };
  }

  function get(id: string): OneJob {
    const job = jobs.get(id);
    if (job === undefined) throw noSuchJob();
    job.touchedAt = Date.now();
    return job;
  }

  async function remove(job: OneJob): Promise<void> {
    jobs.delete(job.id);
    await stop(job);
    await dropStaged(job);
    await job.folder.remove();
  }

  const sweep = setInterval(() => {
    for (const job of jobs.values()) {
      if (job.running === null && Date.now() - job.touchedAt > limits.restMs) remove(job).catch(onFailure);
    }
  }, 60_000);
  sweep.unref();

  return {
    checkRoom() {
      const open = [...jobs.values()];
      if (open.length < limits.most) return;
      const ended = open.find(({ state }) => state === 'done' || state === 'cancelled' || state === 'failed');
      if (ended === undefined) throw tooManyJobs(limits.most);
      remove(ended).catch(onFailure);
    },
    open(upload, folder) {
      const job: OneJob = {
        id: randomBytes(12).toString('base64url'),
        folder,
        upload,
        state: 'reading',
        settings: {},
        delivery: null,
        readFolder: null,
        staged: null,
        report: null,
        progress: null,
        problem: null,
        running: null,
        touchedAt: Date.now(),
      };
      jobs.set(job.id, job);
      startReading(job);
      return view(job);
    },
    list: () => [...jobs.values()].reverse().map(view),
    find: (id) => view(get(id)),
    async change(id, given) {
      const job = await halted(id);
      const before = job.settings;
      job.settings = laidOver(before, given);
      const differs = (names: readonly (keyof ImportSettings)[]): boolean =>
        names.some((name) => !isDeepStrictEqual(before[name], job.settings[name]));
      const mustRead = job.delivery === null || differs(readSettings);
      if (mustRead || job.staged === null || differs(stageSettings)) {
        await dropStaged(job);
        job.report = null;
      }
      job.problem = null;
      job.state = job.staged === null ? 'inspected' : 'checked';
      if (mustRead) {
        job.delivery = null;
        startReading(job);
      }
      return view(job);
    },
    async check(id) {
      const job = await halted(id);
      run(job, 'checking', async (reporter) => {
        await stage(job, reporter);
        job.state = 'checked';
      });
      return view(job);
    },
    async start(id, actor) {
      const job = await halted(id);
      run(job, 'importing', async (reporter) => {
        const { staged, report } =
          job.staged === null || job.report === null
            ? await stage(job, reporter)
            : { staged: job.staged, report: job.report };
        job.report = await steps.finish(staged, report, job.settings, actor, reporter);
        job.staged = null;
        job.state = 'done';
      });
      return view(job);
    },
    async cancel(id) {
      const job = get(id);
      await stop(job);
      if (job.state !== 'done') {
        await dropStaged(job);
        job.state = 'cancelled';
        job.problem = null;
      }
      return view(job);
    },
    discard: (id) => remove(get(id)),
    report(id) {
      const { report } = get(id);
      if (report === null) throw noReport();
      return report;
    },
    async close() {
      clearInterval(sweep);
      await Promise.allSettled([...jobs.values()].map(remove));
    },
  };
}

const waiting: Bilingual = { zh: '等候前面的任务', en: 'Waiting for the work before it' };

/** Why a running step was aborted; never shown. */
class Cancelled extends Error {}

/** An empty text takes a choice back. */
function laidOver(before: ImportSettings, given: ImportSettings): ImportSettings {
  const settings = { ...before, ...given };
  for (const name of [...readSettings, 'profile'] as const) if (settings[name] === '') delete settings[name];
  return settings;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function shortened(report: ImportReport): ImportReport {
  return {
    ...report,
    problems: report.problems.slice(0, listedRows),
    repairs: report.repairs.slice(0, listedRows),
  };
}
