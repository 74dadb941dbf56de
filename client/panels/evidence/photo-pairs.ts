/** Which two photos are laid over each other first. Pure. */
import { type Attachment, momentIds } from '../../../geodata/contract/attachments.ts';

export type PhotoPair = { left: Attachment; right: Attachment };

/** In the order of the works: before, during, after; within each by the time they were taken. */
export function inOrderOfWorks(photos: readonly Attachment[]): Attachment[] {
  const rank = ({ moment }: Attachment) => (moment === null ? 1 : momentIds.indexOf(moment));
  const time = ({ takenAt, uploadedAt }: Attachment) => Date.parse(takenAt ?? uploadedAt);
  return [...photos].sort((a, b) => rank(a) - rank(b) || time(a) - time(b));
}

/** The first and the last of the works; null where there are not two moments to compare. */
export function firstPair(photos: readonly Attachment[]): PhotoPair | null {
  const ordered = inOrderOfWorks(photos);
  const left = ordered[0];
  const right = ordered.at(-1);
  if (left === undefined || right === undefined || left.moment === right.moment) return null;
  return { left, right };
}
