/**
 * Orders of sheets that take longer than a request may: each a job in the memory of this process with its file in a work
 * folder, seen by who ordered it alone. A restart forgets them and sweeps their folders.
 */
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Bilingual, LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { SheetJob, SheetNotice, SheetOrder } from '../../../geodata/contract/sheets.ts';
import { ConflictError, LantuError, NotFoundError } from '../../errors.ts';
import type { WorkFolder } from '../../imports/work-folder.ts';
import type { PageMap } from '../page.ts';
import { createFairQueue, type QueueBounds, type Turn } from './fair-queue.ts';

/** Where the work on an order says how far it is. */
export type OrderReporter = {
  signal: AbortSignal;
  /** How many pages there will be, as soon as that is known. */
  setPages(pages: number): void;
  pageDone(notices: readonly SheetNotice[]): void;
};

export type MadeFile = {
  path: string;
  name: string;
  contentType: string;
  /** Drawn in it: whoever fetches the file must still be allowed to read them. */
  layers: readonly LayerDefinition[];
  /** Of one sheet; null of a series. */
  map: PageMap | null;
};

/** `owner`: names who ordered, for what one may have at once; `accountId`: null without an account. */
export type Orderer = { owner: string; accountId: string | null };

export type SheetJobs<By extends Orderer> = {
  /** Throws RateLimitedError or BusyError where there are too many orders. */
  order(order: SheetOrder, by: By): SheetJob;
  /** The others throw NotFoundError for a job that is not, no longer, or not of this account. */
  find(id: string, accountId: string | null): SheetJob;
  /** Throws ConflictError before it is done. */
  file(id: string, accountId: string | null): MadeFile & { bytes: number };
  /** Stops it at once, with nothing left of it on the disk; one that has ended is forgotten with its file. */
  cancel(id: string, accountId: string | null): void;
  /** Stops and removes all. */
  close(): Promise<void>;
};

export type SheetJobSettings<By> = {
  /** Makes the file in the folder. Throws `signal.reason` when aborted. */
  make(order: SheetOrder, by: By, folder: string, reporter: OrderReporter): Promise<MadeFile>;
  newFolder(): Promise<WorkFolder>;
  onFailure(error: unknown): void;
  bounds?: Partial<JobBounds>;
};

type JobBounds = {
  /** Series are drawn one after the other, single sheets beside them. */
  series: QueueBounds;
  single: QueueBounds;
  /** Jobs that have ended and are kept, of all owners and of one. */
  kept: number;
  keptOfOwner: number;
  restMs: number;
};
const usualBounds: JobBounds = {
  series: { running: 1, waiting: 30, ofOwner: 3 },
  single: { running: 2, waiting: 60, ofOwner: 6 },
  kept: 60,
  keptOfOwner: 12,
  restMs: 60 * 60_000,
};

/** Listed of a series; each page may have some. */
const mostNotices = 200;

type Job<By> = {
  id: string;
  by: By;
  order: SheetOrder;
  state: SheetJob['state'];
  turn: Turn;
  pages: number;
  pagesDone: number;
  notices: Map<string, SheetNotice>;
  problem: Bilingual | null;
  file: (MadeFile & { bytes: number }) | null;
  folder: WorkFolder | null;
  abort: AbortController;
  ended: Promise<void>;
  touchedAt: number;
};

export function createSheetJobs<By extends Orderer>(settings: SheetJobSettings<By>): SheetJobs<By> {
  const bounds = { ...usualBounds, ...settings.bounds };
  const queues = { series: createFairQueue(bounds.series), single: createFairQueue(bounds.single) };
  const jobs = new Map<string, Job<By>>();
  /** Folders of removed jobs that are still being cleared. */
  const clearing = new Set<Promise<void>>();

  async function work(job: Job<By>): Promise<void> {
    const { signal } = job.abort;
    try {
      await job.turn.begun;
      signal.throwIfAborted();
      job.state = 'running';
      job.folder = await settings.newFolder();
      signal.throwIfAborted();
      const made = await settings.make(job.order, job.by, job.folder.path, {
        signal,
        setPages(pages) {
          job.pages = pages;
        },
        pageDone(notices) {
          job.pagesDone += 1;
          for (const notice of notices) {
            if (job.notices.size < mostNotices) job.notices.set(`${notice.id} ${notice.text.en}`, notice);
          }
        },
      });
      const { size } = await stat(made.path);
      signal.throwIfAborted();
      job.file = { ...made, bytes: size };
      job.state = 'done';
    } catch (error) {
      if (signal.aborted) job.state = 'cancelled';
      else {
        job.state = 'failed';
        job.problem = error instanceof LantuError ? error.text : unexpected;
        if (!(error instanceof LantuError)) settings.onFailure(error);
      }
    } finally {
      job.turn.leave();
      job.touchedAt = Date.now();
      if (job.file === null) await clear(job);
    }
  }

  async function clear(job: Job<By>): Promise<void> {
    const { folder } = job;
    job.folder = null;
    await folder?.remove().catch(settings.onFailure);
  }

  function get(id: string, accountId: string | null): Job<By> {
    const job = jobs.get(id);
    if (job === undefined || job.by.accountId !== accountId) throw noSuchJob();
    job.touchedAt = Date.now();
    return job;
  }

  function remove(job: Job<By>): void {
    jobs.delete(job.id);
    job.abort.abort(new Cancelled());
    const cleared: Promise<void> = job.ended.then(() => clear(job)).finally(() => clearing.delete(cleared));
    clearing.add(cleared);
  }

  /** The oldest of those that have ended make room. */
  function makeRoom(owner: string): void {
    const endedOf = (of: string | null): Job<By>[] =>
      [...jobs.values()].filter(({ by, state }) => (of === null || by.owner === of) && isEnd(state));
    for (const [ended, most] of [
      [endedOf(owner), bounds.keptOfOwner],
      [endedOf(null), bounds.kept],
    ] as const) {
      for (const job of ended.slice(0, Math.max(0, ended.length - most + 1)))
        if (jobs.has(job.id)) remove(job);
    }
  }

  const sweep = setInterval(() => {
    for (const job of jobs.values()) {
      if (isEnd(job.state) && Date.now() - job.touchedAt > bounds.restMs) remove(job);
    }
  }, 60_000).unref();

  return {
    order(order, by) {
      const abort = new AbortController();
      const queue = order.series === undefined ? queues.single : queues.series;
      const turn = queue.enter(by.owner, abort.signal);
      makeRoom(by.owner);
      const job: Job<By> = {
        id: randomBytes(24).toString('base64url'),
        by,
        order,
        state: 'queued',
        turn,
        pages: 1,
        pagesDone: 0,
        notices: new Map(),
        problem: null,
        file: null,
        folder: null,
        abort,
        ended: Promise.resolve(),
        touchedAt: Date.now(),
      };
      jobs.set(job.id, job);
      job.ended = work(job);
      return view(job);
    },
    find: (id, accountId) => view(get(id, accountId)),
    file(id, accountId) {
      const { file } = get(id, accountId);
      if (file === null) throw notDone();
      return file;
    },
    cancel(id, accountId) {
      const job = get(id, accountId);
      if (isEnd(job.state)) return remove(job);
      job.state = 'cancelled';
      job.abort.abort(new Cancelled());
    },
    async close() {
      clearInterval(sweep);
      for (const job of [...jobs.values()]) remove(job);
      await Promise.all(clearing);
    },
  };
}

function view<By>(job: Job<By>): SheetJob {
  const { id, state, pages, pagesDone, problem, file } = job;
  return {
    id,
    state,
    position: state === 'queued' ? job.turn.position() : 0,
    pagesDone,
    pages,
    notices: [...job.notices.values()],
    problem,
    file: file && { name: file.name, bytes: file.bytes, contentType: file.contentType },
  };
}

function isEnd(state: SheetJob['state']): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** Why a job was aborted; never shown. */
class Cancelled extends Error {}

const unexpected: Bilingual = {
  zh: '出图时服务器出现意外错误,请重试;若仍失败,请联系管理员查看日志。',
  en: 'Something unexpected went wrong; try again, and if it fails again ask the administrator to look into the log.',
};

function noSuchJob(): NotFoundError {
  return new NotFoundError({
    zh: '没有这个出图任务,可能已被删除或过期;请重新出图。',
    en: 'There is no such order; it may have been removed or have expired. Order the sheet again.',
  });
}

function notDone(): ConflictError {
  return new ConflictError({
    zh: '图还没有做好,请等任务完成后再下载。',
    en: 'The sheet is not finished; download it when its job is done.',
  });
}
