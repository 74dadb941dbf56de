/** Jobs with steps that a test lets go one by one: order, stopping, what is kept, what is given up. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportReport, Inspection } from '../../../geodata/contract/imports.ts';
import { ConflictError, NotFoundError, UnprocessableError } from '../../../server/errors.ts';
import { ImportRefusedError } from '../../../server/imports/import-report.ts';
import type { ImportSteps } from '../../../server/imports/job-steps.ts';
import { createJobs, type Jobs } from '../../../server/imports/jobs.ts';

type Delivery = { inspection: Inspection };
const inspection = { fileName: 'a.zip' } as Inspection;
const problem = { row: 1, code: null, reason: { zh: '错', en: 'wrong' } };
const report = { problems: Array(600).fill(problem), repairs: [], isDryRun: true } as unknown as ImportReport;

let root: string;
let jobs: Jobs;
/** Steps begun, in order, and how to end each. */
let begun: { step: string; end: (error?: unknown) => void }[];
let dropped: string[];
let failures: unknown[];

function step(name: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    begun.push({ step: name, end: (error) => (error === undefined ? resolve() : reject(error)) });
  });
}

const steps: ImportSteps<Delivery, string> = {
  async read(files, { crs }, folder, { signal }) {
    expect(existsSync(folder)).toBe(true);
    await step(`read ${files[0]} ${crs ?? ''}`.trim(), signal);
    return { inspection };
  },
  async check(_delivery, { layerId }, { signal, report: tell }) {
    tell({ zh: '检查', en: 'Checking' }, { done: 5, total: 10 });
    await step(`check ${layerId}`, signal);
    return { staged: `rows for ${layerId}`, report };
  },
  async finish(staged, given, { title }, actor, { signal }) {
    await step(`finish ${staged} ${title ?? ''} by ${actor}`, signal);
    return { ...given, isDryRun: false };
  },
  async drop(staged) {
    dropped.push(staged);
  },
};

async function openJob(name = 'a.zip'): Promise<string> {
  const path = await mkdtemp(join(root, 'job-'));
  await mkdir(join(path, 'upload'));
  const folder = { path, remove: () => rm(path, { recursive: true, force: true }) };
  return jobs.open({ fileNames: [name], paths: [name] }, folder).id;
}
const steadily = <T>(look: () => T) => expect.poll(look, { interval: 2 });
const stateOf = (id: string): string => jobs.find(id).state;
async function endOf(name: string, error?: unknown): Promise<void> {
  await steadily(() => begun.at(-1)?.step).toBe(name);
  begun.at(-1)?.end(error);
}
async function checkedJob(): Promise<string> {
  const id = await openJob();
  await endOf('read a.zip');
  await steadily(() => stateOf(id)).toBe('inspected');
  await jobs.change(id, { layerId: 'rivers' });
  await jobs.check(id);
  await endOf('check rivers');
  await steadily(() => stateOf(id)).toBe('checked');
  return id;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lantu-jobs-'));
  begun = [];
  dropped = [];
  failures = [];
  jobs = createJobs(steps, (error) => failures.push(error), { most: 3, restMs: 60_000 });
});
afterEach(async () => {
  await jobs.close();
  await rm(root, { recursive: true, force: true });
});

describe('a job', () => {
  it('is read, checked and imported, with the rows staged by the check', async () => {
    const id = await checkedJob();
    const checked = jobs.find(id);
    expect([checked.report?.problems.length, checked.problemCount]).toEqual([500, 600]);
    expect(jobs.report(id).problems.length).toBe(600);
    await jobs.change(id, { title: '新' });
    expect(stateOf(id)).toBe('checked');
    await jobs.start(id, 'someone');
    await endOf('finish rows for rivers 新 by someone');
    await steadily(() => stateOf(id)).toBe('done');
    expect(jobs.report(id).isDryRun).toBe(false);
    expect(dropped).toEqual([]);
    await expect(jobs.start(id, 'someone')).rejects.toThrow(ConflictError);
    await expect(jobs.change(id, {})).rejects.toThrow(ConflictError);
  });

  it('is checked first when it is started unchecked', async () => {
    const id = await openJob();
    await endOf('read a.zip');
    await steadily(() => stateOf(id)).toBe('inspected');
    await jobs.change(id, { layerId: 'rivers' });
    await jobs.start(id, 'x');
    await endOf('check rivers');
    await endOf('finish rows for rivers  by x');
    await steadily(() => stateOf(id)).toBe('done');
  });

  it('gives up staged rows when what they were made by changes, and reads anew for another CRS', async () => {
    const id = await checkedJob();
    await jobs.change(id, { layerId: 'counties' });
    expect([stateOf(id), dropped]).toEqual(['inspected', ['rows for rivers']]);
    expect(() => jobs.report(id)).toThrow(ConflictError);
    expect((await jobs.change(id, { crs: 'EPSG:4526' })).state).toBe('reading');
    await endOf('read a.zip EPSG:4526');
    await steadily(() => stateOf(id)).toBe('inspected');
    await jobs.change(id, { crs: '' });
    await endOf('read a.zip');
    await steadily(() => stateOf(id)).toBe('inspected');
    expect(jobs.find(id).settings).toEqual({ layerId: 'counties' });
  });

  it('tells how far it is, and stops when it is cancelled', async () => {
    const id = await checkedJob();
    await jobs.check(id);
    await steadily(() => jobs.find(id).progress).toEqual({
      text: { zh: '检查', en: 'Checking' },
      done: 5,
      total: 10,
    });
    const cancelled = await jobs.cancel(id);
    expect([cancelled.state, cancelled.problem, cancelled.progress]).toEqual(['cancelled', null, null]);
    expect(dropped).toEqual(['rows for rivers']);
    await jobs.check(id);
    await endOf('check rivers');
    await steadily(() => stateOf(id)).toBe('checked');
  });

  it('fails in words, keeps its rows, and can be tried again', async () => {
    const id = await checkedJob();
    await jobs.start(id, 'x');
    const refusal = new UnprocessableError({ zh: '请说明密级', en: 'say it' }, { field: 'classification' });
    await endOf('finish rows for rivers  by x', refusal);
    await steadily(() => stateOf(id)).toBe('failed');
    expect(jobs.find(id).problem).toEqual({
      code: 'unprocessable',
      text: { zh: '请说明密级', en: 'say it' },
      field: 'classification',
    });
    await jobs.change(id, { classification: 'internal' });
    expect([stateOf(id), dropped, failures]).toEqual(['checked', [], []]);
    await jobs.start(id, 'x');
    await endOf('finish rows for rivers  by x', new Error('a secret of the database'));
    await steadily(() => stateOf(id)).toBe('failed');
    expect(jobs.find(id).problem?.code).toBe('internal');
    expect(JSON.stringify(jobs.find(id))).not.toContain('secret');
    expect(failures).toHaveLength(1);
  });

  it('shows the rows an import was refused for', async () => {
    const id = await checkedJob();
    await jobs.start(id, 'x');
    const refused = { ...report, problems: [problem], repairs: [] } as ImportReport;
    await endOf('finish rows for rivers  by x', new ImportRefusedError(refused));
    await steadily(() => stateOf(id)).toBe('failed');
    expect([jobs.find(id).problemCount, jobs.find(id).problem?.code]).toEqual([1, 'unprocessable']);
  });

  it('is not touched by a second request while it imports', async () => {
    const id = await checkedJob();
    await jobs.start(id, 'x');
    await expect(jobs.start(id, 'x')).rejects.toThrow(ConflictError);
    await expect(jobs.change(id, {})).rejects.toThrow(ConflictError);
    await expect(jobs.check(id)).rejects.toThrow(ConflictError);
  });

  it('checks once, whatever is asked at the same time', async () => {
    const id = await checkedJob();
    const before = begun.length;
    await Promise.all([jobs.check(id), jobs.check(id), jobs.check(id)]);
    await endOf('check rivers');
    await steadily(() => stateOf(id)).toBe('checked');
    expect(begun.slice(before).length).toBeLessThanOrEqual(3);
    await jobs.discard(id);
    // Every staging but the one given up was dropped or never finished.
    expect(dropped.filter((rows) => rows === 'rows for rivers').length).toBe(2);
  });
});

describe('jobs', () => {
  it('work one at a time, and one that waits can be cancelled at once', async () => {
    const first = await openJob('1.zip');
    const second = await openJob('2.zip');
    const third = await openJob('3.zip');
    await steadily(() => begun.length).toBe(1);
    expect(jobs.find(second).progress?.text.en).toContain('Waiting');
    expect((await jobs.cancel(second)).state).toBe('cancelled');
    expect(begun).toHaveLength(1);
    begun[0]?.end();
    await endOf('read 3.zip');
    await steadily(() => stateOf(third)).toBe('inspected');
    expect(stateOf(first)).toBe('inspected');
    expect(jobs.list().map(({ id }) => id)).toEqual([third, second, first]);
  });

  it('make room by giving up one that has ended, and refuse another where none has', async () => {
    const ids = [await openJob(), await openJob(), await openJob()];
    expect(() => jobs.checkRoom()).toThrow(ConflictError);
    await jobs.cancel(ids[1] ?? '');
    jobs.checkRoom();
    expect(() => jobs.find(ids[1] ?? '')).toThrow(NotFoundError);
    expect(jobs.list()).toHaveLength(2);
  });

  it('go after a rest, with their files and rows', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    try {
      const resting = createJobs(steps, (error) => failures.push(error), { most: 3, restMs: 60_000 });
      jobs = resting;
      const id = await checkedJob();
      vi.advanceTimersByTime(59_000);
      expect(stateOf(id)).toBe('checked');
      vi.advanceTimersByTime(121_000);
      expect(jobs.list()).toEqual([]);
      await vi.waitFor(() => expect(dropped).toEqual(['rows for rivers']));
    } finally {
      vi.useRealTimers();
    }
  });

  it('are all stopped and removed when the service stops', async () => {
    const id = await checkedJob();
    await jobs.check(id);
    await steadily(() => begun.length).toBe(3);
    await jobs.close();
    expect(dropped).toEqual(['rows for rivers']);
    expect(jobs.list()).toEqual([]);
  });
});
