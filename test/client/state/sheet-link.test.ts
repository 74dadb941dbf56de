import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactSheet, formatSheet, parseSheet } from '../../../client/state/sheet-link.ts';
import { type SheetSpec, sheetSpecSchema } from '../../../geodata/contract/sheets.ts';
import { sheetSpec } from '../../fixtures/sheets/sheet-spec.ts';

const county: SheetSpec = sheetSpecSchema.parse({
  template: 'county',
  area: { kind: 'county', adcode: '360732' },
});

describe('a sheet in a link', () => {
  it('is the same sheet again, whatever it holds', () => {
    fc.assert(
      fc.property(sheetSpec, (sheet) => {
        expect(parseSheet(formatSheet(sheet))).toEqual(sheet);
      }),
      { numRuns: 500 },
    );
  });

  it('says nothing that goes without saying', () => {
    expect(formatSheet(county)).toBe('{"template":"county","area":{"kind":"county","adcode":"360732"}}');
  });

  it('keeps an empty text, which leaves the title out, apart from none, which leaves it to the template', () => {
    const untitled = { ...county, slots: { title: '' } };
    expect(parseSheet(formatSheet(untitled))?.slots).toEqual({ title: '' });
    expect(parseSheet(formatSheet(county))?.slots).toEqual({});
  });

  it('can be sent while it is being typed', () => {
    const typed: SheetSpec = {
      ...county,
      overrideReason: '急 ',
      slots: { title: ' 兴国县\n进展图 ', note: '一\r\n二\n\u0007三 ' },
    };
    expect(sheetSpecSchema.parse(compactSheet(typed))).toEqual({
      ...county,
      slots: { title: '兴国县 进展图', note: '一 \n二\n 三' },
    });
    expect(compactSheet({ ...typed, overrideReason: ' 汇报急用,已电话报告 ' }).overrideReason).toBe(
      '汇报急用,已电话报告',
    );
  });

  it('that says anything wrong is none', () => {
    const wrong = [
      '',
      'x',
      '{}',
      '[]',
      'null',
      '{"template":"county"}',
      '{"template":"poster","area":{"kind":"region"}}',
      '{"template":"city","area":{"kind":"center","center":[115,26]}}',
      '{"template":"city","area":{"kind":"region"},"scale":0}',
      '{"template":"city","area":{"kind":"region"},"colour":"red"}',
    ];
    for (const text of wrong) expect(parseSheet(text), text).toBeNull();
  });
});
