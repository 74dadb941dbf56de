/** Files that are to be sorted by site: which can be sent, and under which name. Pure. */
import { evidenceLimits } from '../../../geodata/contract/attachments.ts';
import { type FileProblem, fileProblem } from '../evidence/file-problem.ts';

/** What systems put into folders of their own accord; nobody chose it. */
const bySystems = /^(\.|thumbs\.db$|desktop\.ini$|~\$)/i;

/** Whether somebody meant to send it. */
export function isMeant({ name }: Pick<File, 'name'>): boolean {
  return !bySystems.test(name);
}

/** Null where it can be sent; a zip may be as large as all of its files together. */
export function sortProblem(file: Pick<File, 'name' | 'size'>): FileProblem | null {
  if (/\.zip$/i.test(file.name)) {
    if (file.size === 0) return 'empty';
    return file.size > evidenceLimits.totalBytes ? 'tooLarge' : null;
  }
  const asPhoto = fileProblem(file, 'photo');
  return asPhoto === 'notPhoto' ? fileProblem(file, 'document') : asPhoto;
}

/** Its own name; out of a folder with the name of that before it, which may be what names the site. */
export function sentName({ name, webkitRelativePath }: Pick<File, 'name' | 'webkitRelativePath'>): string {
  const folder = webkitRelativePath.split('/').at(-2) ?? '';
  return folder === '' ? name : `${folder}_${name}`;
}
