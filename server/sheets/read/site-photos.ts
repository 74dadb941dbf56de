/** Photos of a site as they are printed: turned upright, no larger than their place, without what the camera noted. */
import sharp from 'sharp';
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import { can } from '../../../geodata/domain/can.ts';
import { toDay } from '../../../geodata/domain/datetime-interval.ts';
import type { SheetLayout } from '../../../geodata/domain/sheet-layout.ts';
import { listAttachments } from '../../evidence/attachments.ts';
import { evidencePath } from '../../evidence/evidence-files.ts';
import type { SitePhoto } from '../sheet-content.ts';
import type { SheetReader, SheetSources } from '../sheet-sources.ts';

const printDpi = 220;
const mostPixels = 100_000_000;
/** Photos beside each other in their place. */
const photosInRow = 3;

/**
 * At most one of before, during and after, in this order: the first taken before, the last taken of the others. Without these the
 * last ones of no stated moment. None where the page has no place for them or the account may not see them; a file that is
 * lost or broken is left out and logged.
 */
export async function sitePhotos(
  { database, dataDir, log }: Pick<SheetSources, 'database' | 'dataDir' | 'log'>,
  { account }: Pick<SheetReader, 'account'>,
  { code, asOf, parts }: { code: string; asOf: string | undefined; parts: SheetLayout['parts'] },
): Promise<SitePhoto[]> {
  if (parts.sitePhotos === undefined || !can(account, 'read_details')) return [];
  const chosen = choosePhotos(await listAttachments(database, code), asOf);
  const mostSide = Math.ceil((parts.sitePhotos.width / photosInRow / 25.4) * printDpi * 1.5);
  const photos: SitePhoto[] = [];
  for (const attachment of chosen) {
    try {
      photos.push(await printed(attachment, evidencePath(dataDir, attachment.sha256), mostSide));
    } catch (error) {
      log.warn({ err: error, attachment: attachment.id }, 'sheets: a photo cannot be printed');
    }
  }
  return photos;
}

/** Of all attachments of a site; with `asOf` only what was there by the end of that day. */
export function choosePhotos(attachments: readonly Attachment[], asOf?: string): Attachment[] {
  const photos = attachments
    .filter(({ kind, withdrawnAt }) => kind === 'photo' && withdrawnAt === null)
    .filter((each) => asOf === undefined || (toDay(takenOrSent(each)) ?? '') <= asOf)
    .sort((a, b) => (takenOrSent(a) < takenOrSent(b) ? -1 : 1));
  const of = (moment: Attachment['moment']): Attachment[] => photos.filter((each) => each.moment === moment);
  const staged = [of('before').at(0), of('during').at(-1), of('after').at(-1)].filter(
    (each) => each !== undefined,
  );
  return staged.length > 0 ? staged : of(null).slice(-photosInRow);
}

function takenOrSent({ takenAt, uploadedAt }: Attachment): string {
  return takenAt ?? uploadedAt;
}

async function printed(attachment: Attachment, path: string, mostSide: number): Promise<SitePhoto> {
  const { data, info } = await sharp(path, {
    limitInputPixels: mostPixels,
    failOn: 'error',
    sequentialRead: true,
  })
    .autoOrient()
    .resize(mostSide, mostSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#FFFFFF' })
    .jpeg({ quality: 82 })
    .toBuffer({ resolveWithObject: true });
  return {
    bytes: new Uint8Array(data),
    moment: attachment.moment,
    takenOn: attachment.takenAt === null ? null : toDay(attachment.takenAt),
    aspect: info.width / info.height,
  };
}
