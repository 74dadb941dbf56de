import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectPhoto } from '../../server/evidence/inspect-photo.ts';
import { makePhoto } from './pictures.ts';

describe('the likeness of a photo', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantu-photo-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const likenessOf = async (bytes: Buffer): Promise<string | null> => {
    const path = join(folder, 'photo');
    await writeFile(path, bytes);
    return (await inspectPhoto(path, 'jpeg')).likeness;
  };
  const differentBits = (a: string | null, b: string | null): number =>
    (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length;

  it('stays when it is made smaller, recompressed, or a little lighter; other photos are far from it', async () => {
    const kept: (string | null)[] = [];
    for (let n = 0; n < 6; n += 1) {
      const photo = await makePhoto({ seed: `likeness ${n}`, width: 800, height: 600 });
      const likeness = await likenessOf(photo);
      for (const other of [
        sharp(photo).resize(320).jpeg({ quality: 50 }),
        sharp(photo).resize(1000).jpeg({ quality: 90 }),
        sharp(photo).modulate({ brightness: 1.08 }).jpeg({ quality: 70 }),
      ])
        expect(differentBits(likeness, await likenessOf(await other.toBuffer()))).toBeLessThanOrEqual(5);
      for (const earlier of kept) expect(differentBits(likeness, earlier)).toBeGreaterThan(5);
      kept.push(likeness);
    }
  });

  it('goes by what is seen: the way the camera was held does not matter', async () => {
    const photo = await makePhoto({ seed: 'turned' });
    const turned = await sharp(photo).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    expect(differentBits(await likenessOf(photo), await likenessOf(turned))).toBeLessThanOrEqual(5);
  });

  it('is none for a blank wall', async () => {
    const wall = sharp({ create: { width: 300, height: 200, channels: 3, background: '#998877' } });
    expect(await likenessOf(await wall.jpeg().toBuffer())).toBeNull();
  });
});
