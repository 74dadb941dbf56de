/** What is wrong with a file before it is sent, so that nobody waits for a refusal. The service looks closer. Pure. */
import { evidenceLimits } from '../../../geodata/contract/attachments.ts';

export type EvidenceKind = 'photo' | 'document';
export type FileProblem = 'empty' | 'tooLarge' | 'notPhoto' | 'notDocument';

const endings: Record<EvidenceKind, RegExp> = {
  photo: /\.(jpe?g|png|webp|hei[cf])$/i,
  document: /\.(pdf|ofd|docx|xlsx|zip)$/i,
};

/** For the file dialog. An iPhone asked for no HEIC hands over a JPEG, with its place and time, which every server reads. */
export const acceptedTypes: Record<EvidenceKind, string> = {
  photo: '.jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp',
  document: '.pdf,.ofd,.docx,.xlsx,.zip',
};

export const mostBytes: Record<EvidenceKind, number> = {
  photo: evidenceLimits.photoBytes,
  document: evidenceLimits.documentBytes,
};

/** Null where it can be sent. */
export function fileProblem(file: Pick<File, 'name' | 'size'>, kind: EvidenceKind): FileProblem | null {
  if (file.size === 0) return 'empty';
  if (!endings[kind].test(file.name)) return kind === 'photo' ? 'notPhoto' : 'notDocument';
  return file.size > mostBytes[kind] ? 'tooLarge' : null;
}
