import { describe, expect, it } from 'vitest';
import { askedEncoding, decodeText, detectEncoding } from '../../server/imports/text-encoding.ts';
import { encodeGbk } from '../fixtures/imports/gbk.ts';

const name = '岿美山镇赣县区';
const utf8 = Buffer.from(name);

describe('detectEncoding', () => {
  it.each([
    ['the .cpg before all', { cpg: 'UTF-8', languageDriver: 0x4d, texts: [encodeGbk(name)] }, 'utf-8'],
    ['the .cpg whatever its spelling', { cpg: ' gbk\r\n', languageDriver: null, texts: [utf8] }, 'gb18030'],
    [
      'the language byte after an unknown .cpg',
      { cpg: 'X-1', languageDriver: 0x4d, texts: [utf8] },
      'gb18030',
    ],
    ['valid UTF-8 where nothing is stated', { cpg: null, languageDriver: 0, texts: [utf8] }, 'utf-8'],
    [
      'UTF-8 cut inside a character',
      { cpg: null, languageDriver: 0, texts: [utf8.subarray(0, 10)] },
      'utf-8',
    ],
    [
      'GB18030 where it is not UTF-8',
      { cpg: null, languageDriver: 0, texts: [utf8, encodeGbk(name)] },
      'gb18030',
    ],
    ['UTF-8 for plain letters', { cpg: null, languageDriver: 0x57, texts: [Buffer.from('BSM')] }, 'utf-8'],
  ])('takes %s', (_case, source, encoding) => {
    expect(detectEncoding(source)).toMatchObject({ encoding, reason: { zh: expect.any(String) } });
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
