import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SheetOrder, sheetJobSchema, sheetOrderSchema } from '../../../geodata/contract/sheets.ts';
import { ConflictError, NotFoundError, UnprocessableError } from '../../../server/errors.ts';
import {
  createSheetJobs,
  type MadeFile,
  type Orderer,
  type OrderReporter,
  type SheetJobs,
} from '../../../server/sheets/service/sheet-jobs.ts';

const single = sheetOrderSchema.parse({
  spec: { template: 'city', area: { kind: 'region' } },
  format: 'pdf',
});
const atlas: SheetOrder = { ...single, series: { by: 'county' } };
const [anna, bert] = ['anna', 'bert'].map((accountId) => ({ owner: accountId, accountId })) as [
  Orderer,
  Orderer,
];

describe('jobs of sheets', () => {
  let root: string;
  let jobs: SheetJobs<Orderer>;
  let work: (folder: string, reporter: OrderReporter) => Promise<void>;
  const faults: unknown[] = [];
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'lantu-jobs-'));
    faults.length = 0;
    work = async () => undefined;
    jobs = createSheetJobs<Orderer>({
      async make(_order, _by, folder, reporter): Promise<MadeFile> {
        const path = join(folder, 'sheet.pdf');
        await writeFile(path, 'a sheet');
        await work(folder, reporter);
        return { path, name: '图.pdf', contentType: 'application/pdf', layers: [], map: null };
      },
      async newFolder() {
        const path = await mkdtemp(join(root, 'job-'));
        return { path, remove: () => rm(path, { recursive: true }) };
      },
      onFailure: (error) => faults.push(error),
      bounds: {
        series: { running: 1, waiting: 9, ofOwner: 9 },
        single: { running: 1, waiting: 9, ofOwner: 9 },
        keptOfOwner: 2,
      },
    });
  });
  afterEach(async () => {
    await jobs.close();
    await rm(root, { recursive: true });
  });
  const stateOf = (id: string) => jobs.find(id, 'anna').state;
  const untilAborted = (_folder: string, { signal }: OrderReporter) =>
    new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  it('are made, told of page by page, and give their file', async () => {
    work = async (_folder, { setPages, pageDone }) => {
      setPages(3);
      const notice = { id: 'n', severity: 'info', text: { zh: '说', en: 'said' } } as const;
      for (let page = 0; page < 3; page += 1) pageDone([notice]);
    };
    const { id, state } = jobs.order(atlas, anna);
    expect(state).toBe('queued');
    await expect.poll(() => stateOf(id)).toBe('done');
    const job = sheetJobSchema.parse(jobs.find(id, 'anna'));
    expect(job).toMatchObject({
      pages: 3,
      pagesDone: 3,
      position: 0,
      file: { name: '图.pdf', bytes: 7, contentType: 'application/pdf' },
    });
    expect(job.notices).toHaveLength(1);
    expect(existsSync(jobs.file(id, 'anna').path)).toBe(true);
  });

  it('are seen by nobody but who ordered them', async () => {
    const { id } = jobs.order(single, anna);
    await expect.poll(() => stateOf(id)).toBe('done');
    for (const other of ['bert', null]) {
      expect(() => jobs.find(id, other)).toThrow(NotFoundError);
      expect(() => jobs.file(id, other)).toThrow(NotFoundError);
      expect(() => jobs.cancel(id, other)).toThrow(NotFoundError);
    }
  });

  it('say how many stand before them, one of each person first', () => {
    work = untilAborted;
    const [first, second] = [jobs.order(atlas, anna), jobs.order(atlas, anna)];
    const third = jobs.order(atlas, bert);
    expect(jobs.find(first.id, 'anna').position).toBe(0);
    expect(jobs.find(second.id, 'anna').position).toBe(2);
    expect(jobs.find(third.id, 'bert').position).toBe(1);
    // A single sheet waits for no atlas.
    expect(jobs.order(single, bert).position).toBe(0);
  });

  it('end at once when cancelled, with nothing left on the disk, and the next begins', async () => {
    work = untilAborted;
    const running = jobs.order(atlas, anna);
    await expect.poll(() => stateOf(running.id)).toBe('running');
    await expect.poll(() => readdir(root)).toHaveLength(1);
    work = async () => undefined;
    const next = jobs.order(atlas, anna);
    jobs.cancel(running.id, 'anna');
    expect(stateOf(running.id)).toBe('cancelled');
    await expect.poll(() => stateOf(next.id)).toBe('done');
    expect(stateOf(running.id)).toBe('cancelled');
    await expect.poll(() => readdir(root)).toHaveLength(1);
    jobs.cancel(next.id, 'anna');
    await expect.poll(() => readdir(root)).toHaveLength(0);
    expect(() => jobs.find(next.id, 'anna')).toThrow(NotFoundError);
    expect(faults).toEqual([]);
  });

  it('are cancelled before they began', async () => {
    work = untilAborted;
    jobs.order(atlas, anna);
    const waiting = jobs.order(atlas, anna);
    jobs.cancel(waiting.id, 'anna');
    expect(stateOf(waiting.id)).toBe('cancelled');
    expect(() => jobs.file(waiting.id, 'anna')).toThrow(ConflictError);
  });

  it('say why they failed, and log only what nobody foresaw', async () => {
    work = () => Promise.reject(new UnprocessableError({ zh: '放不下', en: 'does not fit' }));
    const refused = jobs.order(single, anna);
    await expect.poll(() => stateOf(refused.id)).toBe('failed');
    expect(jobs.find(refused.id, 'anna').problem).toEqual({ zh: '放不下', en: 'does not fit' });
    expect(faults).toEqual([]);
    work = () => Promise.reject(new Error('a fault'));
    const broken = jobs.order(single, anna);
    await expect.poll(() => stateOf(broken.id)).toBe('failed');
    expect(jobs.find(broken.id, 'anna').problem?.en).not.toContain('a fault');
    expect(faults).toHaveLength(1);
    expect(await readdir(root)).toEqual([]);
  });

  it('make room for new ones: the oldest that have ended go with their files', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      const { id } = jobs.order(single, anna);
      ids.push(id);
      await expect.poll(() => stateOf(id)).toBe('done');
    }
    await expect.poll(() => readdir(root)).toHaveLength(2);
    expect(() => jobs.find(ids[0] ?? '', 'anna')).toThrow(NotFoundError);
    expect(stateOf(ids[3] ?? '')).toBe('done');
  });

  it('leave nothing behind when the service stops', async () => {
    work = untilAborted;
    const { id } = jobs.order(single, anna);
    await expect.poll(() => stateOf(id)).toBe('running');
    await jobs.close();
    expect(await readdir(root)).toEqual([]);
  });
});
