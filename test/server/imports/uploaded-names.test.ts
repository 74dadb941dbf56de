import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownName, storedName } from '../../../server/imports/uploaded-names.ts';
import { encodeGbk } from '../../fixtures/imports/gbk.ts';

const asLatin1 = (bytes: Buffer): string => bytes.toString('latin1');

describe('the name of an uploaded file', () => {
  it('is shown as its sender meant it, in UTF-8 and in GBK, without folders and control characters', () => {
    expect(shownName(asLatin1(Buffer.from('定南 红线.zip')))).toBe('定南 红线.zip');
    expect(shownName(asLatin1(encodeGbk('红线.zip')))).toBe('红线.zip');
    expect(shownName('红线.zip')).toBe('红线.zip');
    expect(shownName('C:\\data\\red.shp')).toBe('red.shp');
    expect(shownName('../../etc/passwd')).toBe('passwd');
    expect(shownName(asLatin1(Buffer.from('a\u202Egpj.zip\n')))).toBe('agpj.zip');
    expect(shownName('/')).toBe('');
  });

  it('is stored as it is where that is harmless', () => {
    for (const name of ['定南 红线(终).zip', 'a.b.shp', 'README', '红线.shp.xml']) {
      expect(storedName(name)).toBe(name);
    }
    expect(storedName('.htaccess')).toBe('_htaccess');
    expect(storedName('CON.zip')).toBe('_CON.zip');
    expect(storedName('..')).not.toMatch(/^\.*$/);
    expect(storedName('a:b.zip')).toBe('a_b.zip');
  });

  it('never leads out of its folder, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (given) => {
        const stored = storedName(shownName(given));
        expect(stored).not.toMatch(/[/\\\0]|^\.|^$|[. ]$/);
        expect(Buffer.byteLength(stored)).toBeLessThan(256);
      }),
    );
  });

  it('keeps the parts of a shapefile together when it is long', () => {
    const stem = '很长的名字'.repeat(40);
    const [shp, dbf] = ['shp', 'dbf'].map((extension) => storedName(`${stem}.${extension}`));
    expect(shp?.slice(0, -4)).toBe(dbf?.slice(0, -4));
    expect(shp).toMatch(/\.shp$/);
  });
});
