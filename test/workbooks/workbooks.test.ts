/** The round trip of a workbook: downloaded, filled in, looked at, applied as one change set, taken back as one. */
import type ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChangeSet } from '../../geodata/contract/change-sets.ts';
import type { MineSite } from '../../geodata/contract/marking.ts';
import { workbookPreviewSchema } from '../../geodata/contract/workbooks.ts';
import type { Database } from '../../server/db/database.ts';
import { columns } from '../../server/workbooks/columns.ts';
import { firstRow, headerRow } from '../../server/workbooks/layout.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import {
  brokenChains,
  type Headers,
  makeSet,
  post,
  stateOf,
  targets,
  undoSet,
} from '../fixtures/change-set-client.ts';
import { addEvidence, addSites } from '../fixtures/marked-sites.ts';
import {
  bytesOf,
  cellOf,
  download,
  formOf,
  type Problem,
  places,
  preview,
  send,
} from '../fixtures/workbook-client.ts';

describeOnEngines('workbooks', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let editor: Headers;
  beforeAll(async () => {
    database = await open();
    await addSites(database, [
      { code: 'A1', status: 'in_progress', percent: 40, treated: 5000, startedOn: '2025-02-01' },
      { code: 'A2', status: 'in_progress', percent: 60, treated: 8000, startedOn: '2025-02-01' },
      { code: 'A3', status: 'approved' },
      { code: 'A4', status: 'closed', statusOn: '2025-01-10' },
      { code: '=A5', status: 'in_progress' },
      { code: 'X1', status: 'excluded' },
      { code: 'Z1', status: 'in_progress', unit: '360730' },
    ]);
    service = await startService(database);
    editor = await service.signedIn('editor');
  });
  afterAll(async () => {
    expect(await brokenChains(database)).toEqual([]);
    await service.close();
  });

  const read = (code: string): Promise<MineSite> =>
    service.getJson(`/api/mine-sites/${encodeURIComponent(code)}`, editor);
  const apply = (token: string | null, who = editor) =>
    post<ChangeSet & Problem & { currentSites?: MineSite[] }>(
      service,
      who,
      `workbooks/${token}/apply`,
      undefined,
    );
  const fill = (
    workbook: ExcelJS.Workbook,
    code: string,
    values: Record<string, ExcelJS.CellValue>,
  ): void => {
    for (const [input, value] of Object.entries(values))
      cellOf(workbook, code, input as Parameters<typeof cellOf>[2]).value = value;
  };

  it('gives a locked form with choices and last values, in either language', async () => {
    const workbook = await download(service, editor);
    const sheet = formOf(workbook);
    expect(sheet.getRow(headerRow).values).toEqual([undefined, ...columns.map(({ title }) => title.zh)]);
    const codes = [0, 1, 2, 3, 4].map((index) => sheet.getCell(`A${firstRow + index}`).value);
    expect(codes).toEqual(["'=A5", 'A1', 'A2', 'A3', 'A4']);
    expect((sheet as unknown as { sheetProtection: { sheet: boolean } }).sheetProtection).toMatchObject({
      sheet: true,
    });
    for (const column of ['A', 'B', 'C', 'H', 'L'])
      expect([column, sheet.getCell(`${column}${firstRow + 1}`).protection?.locked ?? true]).toEqual([
        column,
        true,
      ]);
    expect(cellOf(workbook, 'A1', 'progressPercent').protection).toMatchObject({ locked: false });
    expect(sheet.getCell(`H${firstRow + 1}`).value).toBe(40);
    expect(sheet.getCell(`L${firstRow + 1}`).value).toBe(0.5);
    expect(cellOf(workbook, 'A1', 'status').dataValidation).toMatchObject({
      type: 'list',
      formulae: ['"自然恢复(管护中),完工自验"'],
    });
    expect(cellOf(workbook, 'A3', 'status').dataValidation.formulae).toEqual(['"施工中,自然恢复(管护中)"']);
    expect(workbook.worksheets[1]?.state).toBe('veryHidden');
    const english = formOf(await download(service, editor, '?lang=en&period=2025-08'));
    expect(english.getCell(`C${firstRow + 1}`).value).toBe('In progress');
    expect(english.getCell('M3').value).toBe('Treated to date (ha)');
    expect(english.getCell('A1').value).toContain('2025-08');
    // 管护 is reported once a quarter.
    expect(english.rowCount).toBe(firstRow + 3);
  });

  it('shows what applying would do, row by row, and writes nothing', async () => {
    const before = await stateOf(database);
    const workbook = await download(service, editor);
    fill(workbook, 'A1', {
      progressPercent: 55,
      treatedThisPeriod: 0.1,
      treatedToDate: 0.6,
      investmentToDate: 12.5,
      issueKind: '雨季',
      issues: '边坡积水',
      nextSteps: '=不是公式'.slice(1),
      expectedFinishOn: new Date('2025-12-31T00:00:00Z'),
      effectiveOn: new Date('2025-09-20T00:00:00Z'),
    });
    fill(workbook, 'A2', { progressPercent: 50, reason: '塌方返工' });
    fill(workbook, 'A4', { aftercare: '植被成活率 90%' });
    const told = workbookPreviewSchema.parse(await preview(service, editor, workbook));
    expect(told).toMatchObject({
      unit: { code: '360732', name: '兴国县' },
      period: '2025-09',
      rowCount: 5,
      filledCount: 3,
      problems: [],
      rows: [
        {
          code: 'A1',
          row: firstRow + 1,
          effectiveOn: '2025-09-20',
          changes: {
            progressPercent: [40, 55],
            treatedToDateSquareMeters: [5000, 6000],
            issueKinds: [null, ['rain']],
            expectedFinishOn: [null, '2025-12-31'],
          },
          warnings: [],
        },
        { code: 'A2', effectiveOn: '2025-09-30', warnings: [{ id: 'percent_falls', reason: '塌方返工' }] },
        { code: 'A4', changes: { aftercare: [null, '植被成活率 90%'] } },
      ],
    });
    expect(told.token).not.toBeNull();
    expect(await stateOf(database)).toEqual(before);
  });

  it('is applied as one change set and taken back as one', async () => {
    const before = await stateOf(database);
    const document = await addEvidence(database, 'A2', 'selfCheckReport');
    await addEvidence(database, 'A2', 'afterPhoto', { kind: 'photo' });
    const workbook = await download(service, editor, '?lang=en');
    fill(workbook, 'A1', { noProgressReason: '雨季停工' });
    fill(workbook, 'A2', { status: 'Completed', progressPercent: 100 });
    fill(workbook, 'A3', {
      status: 'In progress',
      startedOn: '2025年9月5日',
      progressPercent: '5',
      effectiveOn: '2025/9/5',
    });
    const { token, problems } = await preview(service, editor, workbook);
    expect(problems).toEqual([]);
    const colleague = await service.signedIn('editor');
    expect((await apply(token, colleague)).status).toBe(404);
    const { status, body } = await apply(token);
    expect([status, body]).toMatchObject([
      201,
      { kind: 'workbook', siteCount: 3, title: '2025-09 填报表:兴国县' },
    ]);
    expect((await apply(token)).status).toBe(404);
    expect((await read('A1')).report).toMatchObject({
      state: 'submitted',
      answer: { noProgressReason: '雨季停工' },
    });
    expect((await read('A3')).report).toMatchObject({
      effectiveOn: '2025-09-05',
      answer: { status: 'in_progress', progressPercent: 5, facts: { startedOn: '2025-09-05' } },
    });
    const joined = await database.query(
      'select 1 from app.attachment where id = $1 and report_id is not null',
      [document],
      { class: 'read' },
    );
    expect(joined).toHaveLength(1);
    const again = await download(service, editor);
    expect(cellOf(again, 'A1', 'progressPercent').protection?.locked ?? true).toBe(true);
    await undoSet(service, editor, body.id);
    expect(await stateOf(database)).toEqual(before);
    expect((await read('A2')).report?.state).toBe('withdrawn');
  });

  it('is refused whole where a site was changed since the download', async () => {
    const workbook = await download(service, editor);
    fill(workbook, 'A1', { progressPercent: 45 });
    fill(workbook, 'A2', { progressPercent: 65 });
    const { token } = await preview(service, editor, workbook);
    const set = await makeSet(service, editor, {
      kind: 'no_progress',
      sites: await targets(database, ['A1']),
      period: '2025-09',
      effectiveOn: '2025-09-20',
      reason: '停工',
    });
    await undoSet(service, editor, set.id);
    const before = await stateOf(database);
    const refused = await apply(token);
    expect(refused.status).toBe(412);
    expect(refused.body.currentSites?.map(({ code }) => code)).toEqual(['A1']);
    expect(await stateOf(database)).toEqual(before);
    const seen = await preview(service, editor, workbook);
    expect(seen).toMatchObject({ token: null, rows: [{ code: 'A2' }] });
    expect(places(seen.problems)).toEqual([`A${firstRow + 1}`]);
  });

  it('waits for an hour', async () => {
    const workbook = await download(service, editor);
    fill(workbook, 'A2', { progressPercent: 70 });
    const { token } = await preview(service, editor, workbook);
    const age = "update app.workbook_upload set made_at = now() - interval '61 minutes' where token = $1";
    await database.query(age, [token], { class: 'bulk' });
    expect((await apply(token)).status).toBe(404);
    await preview(service, editor, workbook);
    const kept = 'select 1 from app.workbook_upload where token = $1';
    expect(await database.query(kept, [token], { class: 'read' })).toEqual([]);
  });

  it('says at each cell what is wrong', async () => {
    const before = await stateOf(database);
    const [first, second, third] = [firstRow + 1, firstRow + 2, firstRow + 3];
    const workbook = await download(service, editor);
    fill(workbook, 'A1', {
      progressPercent: '约一半',
      treatedToDate: -1,
      expectedFinishOn: '2025-02-30',
      issueKind: '天气',
      investmentToDate: { error: '#REF!' },
    });
    fill(workbook, 'A2', { progressPercent: 50 });
    fill(workbook, 'A3', { status: '完工自验', effectiveOn: new Date('2025-10-03T00:00:00Z') });
    const { token, rows, problems } = await preview(service, editor, workbook);
    expect([token, rows]).toEqual([null, []]);
    expect(places(problems).sort()).toEqual(
      [
        `I${first}`,
        `M${first}`,
        `Q${first}`,
        `S${first}`,
        `Y${first}`,
        `AD${second}`,
        `E${third}`,
        `Z${third}`,
      ].sort(),
    );
    const percent = problems.find(({ column }) => column === 'I');
    expect(percent?.title).toEqual({
      zh: `第 ${first} 行 I 列:应填数字,现为“约一半”。请只填数字,不带单位和文字。`,
      en: `Row ${first}, column I: a number is asked, not "约一半". Type digits only, without unit or words.`,
    });
    expect(await stateOf(database)).toEqual(before);
  });

  it('notices rows that were removed, added or moved, and changed codes and names', async () => {
    const removed = await download(service, editor);
    formOf(removed).spliceRows(firstRow + 1, 1);
    expect((await preview(service, editor, removed)).problems.map(({ title }) => title.zh)).toEqual([
      expect.stringContaining('缺少 1 座矿山的行(A1)'),
    ]);
    const added = await download(service, editor);
    formOf(added).getCell(`A${firstRow + 5}`).value = 'Z1';
    formOf(added).getCell(`I${firstRow + 5}`).value = 10;
    expect(places((await preview(service, editor, added)).problems)).toEqual([`A${firstRow + 5}`]);
    const changed = await download(service, editor);
    formOf(changed).getCell(`A${firstRow + 1}`).value = 'A2';
    expect(places((await preview(service, editor, changed)).problems)).toContain(`A${firstRow + 2}`);
    const moved = await download(service, editor);
    formOf(moved).getCell(`B${firstRow + 1}`).value = '矿山A2';
    expect(places((await preview(service, editor, moved)).problems)).toEqual([`B${firstRow + 1}`]);
  });

  it('takes no formula and gives none', async () => {
    const workbook = await download(service, editor);
    expect(formOf(workbook).getCell(`A${firstRow}`).value).toBe("'=A5");
    expect(formOf(workbook).getCell(`B${firstRow}`).value).toBe('矿山=A5');
    fill(workbook, 'A1', {
      progressPercent: { formula: 'H5+10', result: 50 },
      issues: '=HYPERLINK("http://x","y")',
      nextSteps: '＝1+1',
    });
    formOf(workbook).getCell('A1').value = { formula: 'WEBSERVICE("http://x")', result: 'x' };
    const { token, problems } = await preview(service, editor, workbook);
    expect(token).toBeNull();
    expect(places(problems)).toEqual(['A1', `I${firstRow + 1}`, `U${firstRow + 1}`, `W${firstRow + 1}`]);
    const code = await download(service, editor);
    cellOf(code, "'=A5", 'progressPercent').value = 10;
    expect((await preview(service, editor, code)).rows).toMatchObject([{ code: '=A5' }]);
  });

  it('is for who reports for the unit, and for the month that is reported', async () => {
    const other = await service.signedIn('editor', { units: ['360730'] });
    const both = await service.signedIn('editor', { units: ['360732', '360730'] });
    expect((await service.get('/api/workbooks?unit=360732', other)).status).toBe(403);
    expect((await service.get('/api/workbooks?unit=GZJKQ', other)).status).toBe(403);
    expect((await service.get('/api/workbooks', both)).status).toBe(400);
    expect((await service.get('/api/workbooks?unit=360730', both)).status).toBe(200);
    expect((await service.get('/api/workbooks?period=2025-10', editor)).status).toBe(422);
    const workbook = await download(service, both, '?unit=360730');
    expect((await send(service, editor, await bytesOf(workbook))).status).toBe(403);
    const august = await bytesOf(await download(service, editor, '?period=2025-08'));
    const refused = await send<Problem>(service, editor, august);
    expect([refused.status, refused.body.detail]).toEqual([422, expect.stringContaining('2025-08')]);
    expect((await send(service, editor, august, '?period=2025-08')).status).toBe(200);
    const forged = await download(service, editor);
    const hidden = forged.getWorksheet('lantu');
    if (hidden === undefined) throw new Error('no hidden sheet');
    hidden.getCell('A7').value = 'Z1';
    formOf(forged).getCell(`A${firstRow + 1}`).value = 'Z1';
    formOf(forged).getCell(`B${firstRow + 1}`).value = '矿山Z1';
    cellOf(forged, 'Z1', 'progressPercent').value = 90;
    const seen = await preview(service, editor, forged);
    expect(seen).toMatchObject({ token: null, rows: [] });
    expect(places(seen.problems)).toEqual([`A${firstRow + 1}`]);
  });
});
