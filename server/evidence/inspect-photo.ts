/**
 * Opens a photo in full, within bounds: a bomb, a file cut short and what is no picture fail here. Gives what it says of
 * itself, a small picture without its metadata, and its likeness. Boundary: decoding happens in libvips, in this process; it
 * is handed the bytes, because a file it maps into memory would end the process if it were cut meanwhile.
 */
import { readFile } from 'node:fs/promises';
import sharp, { type Metadata } from 'sharp';
import { BusyError, StorageFullError, UnprocessableError } from '../errors.ts';
import { createGate } from '../http/gate.ts';
import { type PhotoExif, readExif } from './read-exif.ts';

export type InspectedPhoto = PhotoExif & {
  mediaType: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic';
  /** As it is looked at, turned the way the camera was held. */
  width: number;
  height: number;
  /** 64 bits in hex; null for a picture too plain to be told from another. */
  likeness: string | null;
  /** WebP of at most `thumbnailSide` pixels a side. */
  thumbnail: Buffer;
};

export const thumbnailSide = 400;
/** Phones make 12 to 50 megapixels, few 108; those of 200 do so in a mode nobody reports with. */
const mostPixels = 110_000_000;
const longestSide = 30_000;

const mediaTypes = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', heif: 'image/heic' } as const;

/** Throws UnprocessableError with what is wrong and what to do. */
export async function inspectPhoto(path: string, type: keyof typeof mediaTypes): Promise<InspectedPhoto> {
  const bytes = await readFile(path);
  const metadata = await readMetadata(bytes, type);
  const { width, height } = metadata.autoOrient;
  if (width * height > mostPixels || Math.max(width, height) > longestSide)
    throw tooManyPixels(width, height);
  try {
    const thumbnail = await makeThumbnail(bytes, { width, height });
    return {
      ...readExif(metadata.exif),
      mediaType: mediaTypes[type],
      width,
      height,
      likeness: await likenessOf(thumbnail),
      thumbnail,
    };
  } catch (error) {
    throw asRefusal(error, type);
  }
}

type Size = { width: number; height: number };

/** A progressive JPEG takes some 6 bytes a pixel while it is decoded: of large ones there is one at a time. */
const gates = {
  large: createGate({ running: 1, waiting: 50, waitMs: 120_000 }),
  usual: createGate({ running: 2, waiting: 200, waitMs: 120_000 }),
};
const largePixels = 25_000_000;

/** Every pixel of the picture is decoded for it. Throws what libvips says, and BusyError where too many wait. */
export function makeThumbnail(photo: Buffer, { width, height }: Size): Promise<Buffer> {
  return gates[width * height > largePixels ? 'large' : 'usual'].run(() =>
    sharp(photo, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
      .autoOrient()
      .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 75 })
      .toBuffer(),
  );
}

/**
 * Difference hash (dHash, N. Krawetz 2013): whether each of 8 × 8 grey dots is lighter than its right neighbour.
 * Resizing and recompressing change few bits of it, another picture about half.
 */
async function likenessOf(thumbnail: Buffer): Promise<string | null> {
  const dots = await sharp(thumbnail)
    .flatten({ background: '#fff' })
    .greyscale()
    .resize(9, 8, { fit: 'fill' })
    .raw()
    .toBuffer();
  const values = [...dots];
  if (Math.max(...values) - Math.min(...values) < leastContrast) return null;
  let bits = 0n;
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 8; column += 1) {
      const at = row * 9 + column;
      bits = (bits << 1n) | ((dots[at] ?? 0) > (dots[at + 1] ?? 0) ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart(16, '0');
}

/** Of 256 steps of grey: below it a picture is a blank wall, and every blank wall looks the same. */
const leastContrast = 8;

async function readMetadata(photo: Buffer, type: keyof typeof mediaTypes): Promise<Metadata> {
  try {
    const metadata = await sharp(photo, { limitInputPixels: false, failOn: 'error' }).metadata();
    const isNamed = metadata.format === type || (type === 'heif' && metadata.format === undefined);
    if (isNamed && metadata.autoOrient.width > 0 && metadata.autoOrient.height > 0) return metadata;
  } catch (error) {
    throw asRefusal(error, type);
  }
  throw unreadable(type, undefined);
}

function asRefusal(error: unknown, type: keyof typeof mediaTypes): unknown {
  const isTyped = [UnprocessableError, StorageFullError, BusyError].some((known) => error instanceof known);
  if (isTyped) return error;
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return error;
  return unreadable(type, error);
}

function unreadable(type: keyof typeof mediaTypes, cause: unknown): UnprocessableError {
  if (type === 'heif') {
    return new UnprocessableError(
      {
        zh: '是 HEIC 照片,本服务器不能读取;请转换为 JPEG 后上传(iPhone:设置 › 相机 › 格式 › 兼容性最佳)。',
        en: 'it is a HEIC photo, which this server cannot read; convert it to JPEG (iPhone: Settings › Camera › Formats › Most Compatible).',
      },
      { cause },
    );
  }
  return new UnprocessableError(
    {
      zh: '照片不完整或已损坏,无法读取;请重新拷贝后上传。',
      en: 'the photo is incomplete or damaged and cannot be read; copy it again.',
    },
    { cause },
  );
}

function tooManyPixels(width: number, height: number): UnprocessableError {
  return new UnprocessableError({
    zh: `照片为 ${width} × ${height} 像素,超过上限(每边 ${longestSide},共 ${mostPixels / 1e6} 百万),疑似解压炸弹,已拒绝;请缩小后上传。`,
    en: `the photo has ${width} × ${height} pixels, more than ${longestSide} a side or ${mostPixels / 1e6} million, as decompression bombs have; make it smaller.`,
  });
}
