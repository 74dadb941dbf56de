/** Pictures as PDF holds them: JPEG as it is, PNG as it is packed; one with transparent parts as colours and a mask. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { PdfReference } from './pdf-resources.ts';

type Inner = {
  ref: (data?: Record<string, unknown>) => PdfReference;
  openImage: (bytes: Uint8Array) => { embed: (document: unknown) => void; obj: PdfReference };
};

/** Puts the picture into the document. Rejects with what sharp or pdfkit says of bytes that are no picture. */
export async function pdfImage(document: PDFKit.PDFDocument, bytes: Uint8Array): Promise<PdfReference> {
  const inner = document as unknown as Inner;
  if (bytes[0] === 0xff || isPackedForPdf(bytes)) {
    const image = inner.openImage(bytes);
    image.embed(document);
    return image.obj;
  }
  const { data, info } = await sharp(bytes)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const pixels = info.width * info.height;
  const colors = new Uint8Array(pixels * 3);
  const alpha = new Uint8Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    colors.set(data.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
    alpha[pixel] = data[pixel * 4 + 3] ?? 255;
  }
  const common = {
    Type: 'XObject',
    Subtype: 'Image',
    Width: info.width,
    Height: info.height,
    BitsPerComponent: 8,
    Filter: 'FlateDecode',
  };
  const mask = inner.ref({ ...common, ColorSpace: 'DeviceGray' });
  mask.end(deflateSync(alpha));
  const image = inner.ref({ ...common, ColorSpace: 'DeviceRGB', SMask: mask });
  image.end(deflateSync(colors));
  return image;
}

/** Grey, RGB or indexed, without opacity and interlacing, at most 8 bits: the packed rows go into a PDF untouched. */
function isPackedForPdf(bytes: Uint8Array): boolean {
  const [depth = 16, colorType = 6, , , interlaced] = bytes.subarray(24, 29);
  const beforePixels = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = beforePixels.indexOf('IDAT');
  return (
    depth <= 8 &&
    [0, 2, 3].includes(colorType) &&
    interlaced === 0 &&
    beforePixels.subarray(0, end).indexOf('tRNS') === -1
  );
}
