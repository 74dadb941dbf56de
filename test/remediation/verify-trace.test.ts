/** `npm run verify-trace` says that the trace holds, or which row was tampered with and how. */
import { beforeAll, expect, it } from 'vitest';
import { recordAudit } from '../../server/audit/record-audit.ts';
import { verifyTraceCommand } from '../../server/cli/verify-trace.ts';
import type { Context } from '../../server/context.ts';
import type { Database } from '../../server/db/database.ts';
import { type VerifiedTrace, verifyTrace } from '../../server/system/verify-trace.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { addSites } from '../fixtures/marked-sites.ts';
import { county, editor, markingOn, pass, submit } from './marking-kit.ts';

const write = { class: 'bulk' } as const;

describeOnEngines('verifying the trace', ({ open }) => {
  let database: Database;
  let dataset: string;
  beforeAll(async () => {
    database = await open();
    dataset = await addSites(database, [{ code: 'A', status: 'in_progress', percent: 10 }]);
    const { mark } = markingOn(database);
    await mark(editor, 'A', submit({ progressPercent: 20 }));
    await mark(county, 'A', pass);
    for (const subject of ['a', 'b', 'c'])
      await recordAudit(database, { actor: 'test', action: 'test', subject });
  });

  async function run(words: string[]): Promise<{ lines: string[]; error: unknown }> {
    const lines: string[] = [];
    const reporter = {
      report: ({ zh }: { zh: string }) => lines.push(zh),
      signal: AbortSignal.timeout(60_000),
    };
    const error = await verifyTraceCommand
      .parse(words, '/')
      .run({ database } as Context, reporter)
      .then(
        () => null,
        (reason: unknown) => reason,
      );
    return { lines, error };
  }

  it('proves every chain, in words or as JSON', async () => {
    const { lines, error } = await run([]);
    expect(error).toBeNull();
    expect(lines).toEqual([
      `✓ 数据集 ${dataset} 的留痕:3 条,逐条相符`,
      expect.stringMatching(/^✓ 操作日志:3 条/),
    ]);
    const told = JSON.parse((await run(['--json'])).lines[0] ?? '') as VerifiedTrace & { holds: boolean };
    expect(told.holds).toBe(true);
    expect(told.chains.map(({ chain, count }) => [chain, count])).toEqual([
      ['events', '3'],
      ['audit', '3'],
    ]);
  });

  /** What is found after a change behind the triggers, which is then taken back. */
  async function tampered(table: string, statement: string): Promise<VerifiedTrace['chains']> {
    const found: VerifiedTrace['chains'] = [];
    await database
      .transaction(async (client) => {
        await client.query(`alter table ${table} disable trigger user`, [], write);
        await client.query(statement, [], write);
        const inside = { transaction: (work: (inner: typeof client) => Promise<unknown>) => work(client) };
        found.push(...(await verifyTrace(inside as unknown as Database)).chains);
        throw new Error('taken back');
      }, write)
      .catch((error: unknown) => expect(String(error)).toContain('taken back'));
    return found.filter(({ broken }) => broken !== null);
  }

  it.each([
    [
      'a value',
      `update app.mine_site_event set progress_percent = 90 where seq = 3`,
      {
        seq: '3',
        subject: 'A',
        differs: 'columns',
        fields: [{ name: 'progress_percent', now: '90', hashed: '20' }],
      },
    ],
    [
      'a name and the stored text with it',
      `update app.mine_site_event as e set recorded_by = 'x',
         hashed_text = replace(e.hashed_text, to_json(e.recorded_by)::text, '"x"') where seq = 2`,
      { seq: '2', subject: 'A', differs: 'linked', fields: [] },
    ],
    [
      'a missing event',
      `delete from app.mine_site_event where seq = 2`,
      { seq: '2', subject: null, differs: 'missing' },
    ],
    ['an end cut off', `delete from app.mine_site_event where seq = 3`, { seq: '3', differs: 'missing' }],
  ])('names %s that was changed behind the program', async (_, statement, expected) => {
    expect(await tampered('app.mine_site_event', statement)).toMatchObject([
      { chain: 'events', dataset, broken: expected },
    ]);
  });

  it('names an entry of the audit', async () => {
    expect(await tampered('app.audit', `update app.audit set subject = 'z' where seq = 2`)).toMatchObject([
      {
        chain: 'audit',
        broken: {
          seq: '2',
          subject: 'z',
          differs: 'columns',
          fields: [{ name: 'subject', now: 'z', hashed: 'b' }],
        },
      },
    ]);
  });

  it('fails with what to do, the JSON told all the same', async () => {
    await database.transaction(async (client) => {
      for (const text of [
        'alter table app.mine_site_event disable trigger user',
        `update app.mine_site_event set note = '改' where seq = 1`,
        'alter table app.mine_site_event enable trigger user',
      ])
        await client.query(text, [], write);
    }, write);
    const { lines, error } = await run([]);
    expect(lines[0]).toBe(`✗ 数据集 ${dataset} 的留痕:第 1 条(A)起对不上,内容被改:note ∅ → “改”`);
    expect(error).toMatchObject({ code: 'conflict' });
    const json = await run(['--json']);
    expect(JSON.parse(json.lines[0] ?? '')).toMatchObject({ holds: false });
    expect(json.error).not.toBeNull();
  });
});
