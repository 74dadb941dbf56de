import { describe, expect, it } from 'vitest';
import {
  askedEncoding,
  createEncodingEvidence,
  decodeText,
  detectEncoding,
} from '../../server/imports/text-encoding.ts';
import { encodeGbk } from '../fixtures/imports/gbk.ts';

const name = '岿美山镇赣县区';
const utf8 = Buffer.from(name);

describe('detectEncoding', () => {
  const gbk = encodeGbk(name);
  const short = encodeGbk('联通');

  function detect(cpg: string | null, languageDriver: number | null, texts: Buffer[]) {
    const evidence = createEncodingEvidence();
    for (const text of texts) evidence.add(text);
    return detectEncoding({ cpg, languageDriver, evidence });
  }

  it.each([
    ['the .cpg before the language byte', 'UTF-8', 0x4d, [utf8], 'utf-8'],
    ['the .cpg whatever its spelling', ' gbk\r\n', null, [gbk], 'gb18030'],
    ['the language byte after an unknown .cpg', 'X-1', 0x4d, [gbk], 'gb18030'],
    ['valid UTF-8 where nothing is stated', null, 0, [utf8], 'utf-8'],
    ['UTF-8 cut inside a character', null, 0, [utf8.subarray(0, 10)], 'utf-8'],
    ['GB18030 where it is not UTF-8', null, 0, [utf8, gbk], 'gb18030'],
    ['UTF-8 for plain letters', null, 0x57, [Buffer.from('BSM')], 'utf-8'],
    ['what the .cpg says of a word that is valid UTF-8 by chance', 'GBK', null, [short], 'gb18030'],
    [
      'Latin-1 where the .cpg says so of western names',
      'ISO-8859-1',
      null,
      [Buffer.from('café', 'latin1')],
      'iso-8859-1',
    ],
  ] as const)('takes %s', (_case, cpg, languageDriver, texts, encoding) => {
    const choice = detect(cpg, languageDriver, [...texts]);
    expect(choice.encoding).toBe(encoding);
    expect(choice.reason.en).not.toMatch(/does not fit/);
  });

  it.each([
    ['UTF-8 over GBK', 'UTF-8', gbk, 'gb18030'],
    ['GBK over UTF-8', 'GBK', utf8, 'utf-8'],
    ['Latin-1, which every byte is valid in, over GBK', 'ISO-8859-1', gbk, 'gb18030'],
    ['UTF-8 over GBK cut inside a character', 'UTF-8', gbk.subarray(0, 11), 'gb18030'],
  ])('does not believe a .cpg of %s, and says so', (_case, cpg, text, encoding) => {
    const choice = detect(cpg, null, [text]);
    expect(choice.encoding).toBe(encoding);
    expect(choice.reason.zh).toMatch(/与内容不符/);
    expect(choice.reason.en).toContain(cpg);
  });

  it('does not believe a language byte either', () => {
    expect(detect(null, 0x4d, [utf8])).toMatchObject({
      encoding: 'utf-8',
      reason: { zh: expect.stringMatching(/不符/) },
    });
  });

  it('stays with what is stated where the text fits nothing', () => {
    const noise = Buffer.from([0x41, 0xff, 0xff, 0xff, 0xff, 0x42, 0xff, 0xfe]);
    expect(detect('UTF-8', null, [noise, utf8]).encoding).toBe('utf-8');
  });
});

describe('askedEncoding', () => {
  it('knows the usual names and says which there are', () => {
    expect(askedEncoding('gbk').encoding).toBe('gb18030');
    expect(() => askedEncoding('klingon')).toThrow(/UTF-8, GBK/);
  });
});

describe('decodeText', () => {
  it('drops half a character at the end', () => {
    expect(decodeText(encodeGbk(name).subarray(0, 5), ['gb18030'])).toMatchObject({
      text: '岿美',
      isDamaged: false,
    });
    expect(decodeText(utf8.subarray(0, 8), ['utf-8'])).toMatchObject({ text: '岿美', isDamaged: false });
  });

  it('marks text that does not fit', () => {
    const decoded = decodeText(Buffer.from([0x41, 0xff, 0xff, 0xff, 0xff, 0x42]), ['utf-8']);
    expect(decoded.isDamaged).toBe(true);
    expect(decoded.text).toContain('\ufffd');
  });

  it('reads every character of GB18030, those of four bytes too', () => {
    expect(decodeText(Buffer.from('8139ef30', 'hex'), ['gb18030']).text).toBe('㐁');
    for (const text of ['镕堃喆', '〇', '龘'])
      expect(decodeText(encodeGbk(text), ['gb18030']).text).toBe(text);
  });
});
