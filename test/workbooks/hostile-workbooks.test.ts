/** Files that are no workbook, or were made to do harm: each refused in words, soon, and nothing of it kept. */
import { PassThrough } from 'node:stream';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import yazl from 'yazl';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import type { Headers } from '../fixtures/change-set-client.ts';
import { addSites } from '../fixtures/marked-sites.ts';
import { bytesOf, download, formOf, type Problem, send } from '../fixtures/workbook-client.ts';

type Parts = Record<string, string | Buffer>;

const relations = (target: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="${target}"/></Relationships>`;
const workbookXml = (inside: string): string =>
  `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">${inside}</workbook>`;

async function zip(parts: Parts): Promise<Uint8Array<ArrayBuffer>> {
  const file = new yazl.ZipFile();
  for (const [name, content] of Object.entries(parts)) file.addBuffer(Buffer.from(content), name);
  file.end();
  const pieces: Buffer[] = [];
  for await (const piece of file.outputStream.pipe(new PassThrough())) pieces.push(piece as Buffer);
  return new Uint8Array(Buffer.concat(pieces));
}

const whole = (sheet: string | Buffer, more: Parts = {}): Parts => ({
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml': workbookXml('<sheets><sheet name="a" r:id="r1"/></sheets>'),
  'xl/_rels/workbook.xml.rels': relations('worksheets/sheet1.xml'),
  'xl/worksheets/sheet1.xml': sheet,
  ...more,
});

const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, index) => `<!ENTITY a${index} "&a;&a;&a;">`).join('')}]>`;

describeOnEngines('hostile workbooks', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let editor: Headers;
  beforeAll(async () => {
    database = await open();
    await addSites(database, [{ code: 'A1', status: 'in_progress', percent: 40 }]);
    service = await startService(database);
    editor = await service.signedIn('editor');
  });
  afterAll(() => service.close());

  async function refused(bytes: Uint8Array<ArrayBuffer>): Promise<[number, string]> {
    const from = performance.now();
    const { status, body } = await send<Problem>(service, editor, bytes);
    expect(performance.now() - from).toBeLessThan(20_000);
    return [status, body.detail];
  }

  it('refuses what is no workbook', async () => {
    const files: Uint8Array<ArrayBuffer>[] = [
      new Uint8Array(),
      new TextEncoder().encode('编号,名称\nA1,甲'),
      new Uint8Array(await zip({ 'readme.txt': 'x' })),
      (await bytesOf(await download(service, editor))).slice(0, 3_000),
      await zip(whole('<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>')),
      await zip(
        whole('<worksheet><sheetData><row r="1"><c r="A0"><v>7</v></c></row></sheetData></worksheet>'),
      ),
      await zip(whole('<worksheet><sheetData>')),
      await zip(whole(Buffer.from([0x3c, 0xff, 0xfe]))),
      await zip({ ...whole('<worksheet/>'), 'xl/_rels/workbook.xml.rels': relations('../../../etc/passwd') }),
    ];
    for (const [index, bytes] of files.entries())
      expect([index, ...(await refused(bytes))]).toEqual([index, 422, expect.stringContaining('XLSX')]);
  });

  it('refuses entities and document types, and reads no other file', async () => {
    const outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>';
    for (const head of [laughs, outside]) {
      const sheet = `${head}<worksheet><sheetData><row r="4"><c r="A4" t="inlineStr"><is><t>&f;&a19;</t></is></c></row></sheetData></worksheet>`;
      const [status, detail] = await refused(await zip(whole(sheet)));
      expect([status, detail]).toEqual([422, expect.stringContaining('XLSX')]);
      expect(detail).not.toContain('root:');
    }
  });

  it('refuses what unpacks to too much, has too many cells, or is too large', async () => {
    const bomb = Buffer.alloc(80 * 2 ** 20, '<c/>');
    expect(await refused(await zip(whole(bomb)))).toEqual([422, expect.stringContaining('过大')]);
    const cells = `<worksheet><sheetData><row r="1">${'<c><v>1</v></c>'.repeat(200_001)}</row></sheetData></worksheet>`;
    expect(await refused(await zip(whole(cells)))).toEqual([422, expect.stringContaining('过大')]);
    const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`f${index}`, 'x']));
    expect(await refused(await zip(whole('<worksheet/>', many)))).toEqual([
      422,
      expect.stringContaining('过大'),
    ]);
    const large = new Uint8Array(10 * 2 ** 20 + 1).fill(65);
    expect(await refused(large)).toEqual([413, expect.stringContaining('10 MB')]);
  });

  it('refuses workbooks of others, and of other versions', async () => {
    const foreign = new ExcelJS.Workbook();
    foreign.addWorksheet('月报').getCell('A1').value = 'x';
    expect(await refused(await bytesOf(foreign))).toEqual([
      422,
      expect.stringContaining('不是本系统下载的填报表'),
    ]);
    const forgeries: [string, ExcelJS.CellValue, string][] = [
      ['B1', 2, '其他版本'],
      ['B3', '2025-13', '不是本系统'],
      ['B3', '0000-01', '不是本系统'],
      ['B5', "2025-09-30'; drop table geo.mine_site", '不是本系统'],
      ['B6', 1.5, '不是本系统'],
      ['B6', { formula: '1+1', result: 2 }, '不是本系统'],
    ];
    for (const [place, value, words] of forgeries) {
      const workbook = await download(service, editor);
      const hidden = workbook.getWorksheet('lantu');
      if (hidden === undefined) throw new Error('no hidden sheet');
      hidden.getCell(place).value = value;
      expect([place, ...(await refused(await bytesOf(workbook)))]).toEqual([
        place,
        422,
        expect.stringContaining(words),
      ]);
    }
  });

  it('is not held up by ranges over whole sheets', async () => {
    const everything = 'A1:XFD1048576';
    const sheet = `<worksheet><dimension ref="${everything}"/><sheetData/><mergeCells><mergeCell ref="${everything}"/></mergeCells><dataValidations><dataValidation type="list" sqref="${everything}"><formula1>"a"</formula1></dataValidation></dataValidations></worksheet>`;
    const names = `<definedNames><definedName name="a">a!$A$1:$XFD$1048576</definedName></definedNames>`;
    const parts = whole(sheet, {
      'xl/workbook.xml': workbookXml(`<sheets><sheet name="a" r:id="r1"/></sheets>${names}`),
    });
    expect(await refused(await zip(parts))).toEqual([422, expect.stringContaining('不是本系统')]);
    const far = await download(service, editor);
    formOf(far).getCell('XFD1048576').value = 'far';
    const { status, body } = await send(service, editor, await bytesOf(far));
    expect(status).toBe(200);
    expect(body.problems.map(({ row, column }) => column + row)).toContain('A1048576');
  });

  it('keeps nothing of what it refused', async () => {
    const kept = await database.query('select 1 from app.workbook_upload', [], { class: 'read' });
    expect(kept).toEqual([]);
  });

  it('wants a form with one file', async () => {
    const url = `${service.url}/api/workbooks`;
    const json = await fetch(url, {
      method: 'POST',
      headers: { ...editor, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(415);
    const two = new FormData();
    two.append('file', new Blob(['a']), 'a.xlsx');
    two.append('file', new Blob(['b']), 'b.xlsx');
    expect((await fetch(url, { method: 'POST', headers: editor, body: two })).status).toBe(422);
    expect((await fetch(`${url}/none/apply`, { method: 'POST', headers: editor })).status).toBe(404);
  });
});
