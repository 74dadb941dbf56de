import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readExif } from '../../server/evidence/read-exif.ts';
import { makePhoto, type PhotoWishes } from './pictures.ts';

const exifOf = async (wishes: PhotoWishes): Promise<Buffer> =>
  (await sharp(await makePhoto(wishes)).metadata()).exif as Buffer;
const nothing = { takenAt: null, position: null };

describe('EXIF', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('of a %s says where and when', async (format) => {
    const { takenAt, position } = readExif(
      await exifOf({ format, at: [115.35123, 26.30456], takenAt: '2025:09:12 00:30:00' }),
    );
    expect(takenAt?.toISOString()).toBe('2025-09-11T16:30:00.000Z');
    expect(position?.lng).toBeCloseTo(115.35123, 6);
    expect(position?.lat).toBeCloseTo(26.30456, 6);
  });
  it('knows the southern and western half', async () => {
    const { position } = readExif(await exifOf({ at: [-70.5, -33.25] }));
    expect([position?.lng, position?.lat]).toEqual([-70.5, -33.25]);
  });
  it('takes 0, 0 for no fix, and an impossible day or degree for none', async () => {
    expect(readExif(await exifOf({ at: [0, 0] })).position).toBeNull();
    expect(readExif(await exifOf({ at: [115, 97] })).position).toBeNull();
    expect(readExif(await exifOf({ takenAt: '2025:13:45 00:00:00' })).takenAt).toBeNull();
    expect(readExif(await exifOf({ takenAt: '0000:00:00 00:00:00' })).takenAt).toBeNull();
  });
  it('is nothing where there is none', async () => {
    expect(readExif(undefined)).toEqual(nothing);
    expect(readExif(Buffer.alloc(0))).toEqual(nothing);
    expect(readExif(Buffer.from('Exif\0\0II*\0\xff\xff\xff\xff', 'latin1'))).toEqual(nothing);
  });
  it('never throws, whatever the bytes', async () => {
    const good = await exifOf({ at: [115, 26], takenAt: '2025:09:12 00:30:00' });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        fc.nat(good.length),
        (changes, length) => {
          const bytes = Buffer.from(good);
          for (const [at, value] of changes) bytes[at] = value;
          const { position } = readExif(bytes.subarray(0, length));
          if (position !== null)
            expect(Number.isFinite(position.lng) && Number.isFinite(position.lat)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
