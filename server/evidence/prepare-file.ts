/** Looks at a received file in full before anything of it is kept. */
import type { UploadAnswer } from '../../geodata/contract/attachments.ts';
import { UnprocessableError } from '../errors.ts';
import { settleFile } from './evidence-files.ts';
import { type Inspected, inspectFile, tooLargeFile } from './inspect-file.ts';
import type { ReceivedFile } from './receive-files.ts';

export type PreparedFile = {
  name: string;
  /** Settled on the disk, in a folder of the caller. */
  path: string;
  sha256: string;
  inspected: Inspected;
};

export type RefusedFile = UploadAnswer['refused'][number];

/** Sorted into what can be kept and what is refused, with why. Throws what is nobody's fault: a full disk, too many at once. */
export async function prepareFiles(
  files: readonly ReceivedFile[],
): Promise<{ prepared: PreparedFile[]; refused: RefusedFile[] }> {
  const prepared: PreparedFile[] = [];
  const refused: RefusedFile[] = [];
  for (const file of files) {
    try {
      prepared.push(await prepareFile(file));
    } catch (error) {
      if (!(error instanceof UnprocessableError)) throw error;
      refused.push({ fileName: file.name, title: error.text });
    }
  }
  return { prepared, refused };
}

/** Throws UnprocessableError with what is wrong and what to do. */
export async function prepareFile({ name, path, isCut }: ReceivedFile): Promise<PreparedFile> {
  checkName(name);
  if (isCut) throw tooLargeFile();
  const inspected = await inspectFile(path);
  return { name, path, sha256: await settleFile(path), inspected };
}

/** Names are only ever shown as text, yet one like this was made to be something else. */
function checkName(name: string): void {
  if (name === '') {
    throw new UnprocessableError({ zh: '没有文件名,请改名后上传。', en: 'it has no name; give it one.' });
  }
  if (/[<>]/.test(name)) {
    throw new UnprocessableError({
      zh: '文件名中有 < 或 >(可能是脚本),已拒绝;请改名后上传。',
      en: 'its name has < or > in it, as scripts have; rename it.',
    });
  }
}

/** Where nothing of a request could be kept: all of it in one sentence. */
export function nothingKept(refused: readonly RefusedFile[]): UnprocessableError {
  const told = refused.slice(0, 10);
  const more = refused.length - told.length;
  const zh = told.map(({ fileName, title }) => `“${fileName}”:${title.zh}`);
  const en = told.map(({ fileName, title }) => `"${fileName}": ${title.en}`);
  if (more > 0) {
    zh.push(`另有 ${more} 个文件也未接收。`);
    en.push(`${more} more were not accepted either.`);
  }
  return new UnprocessableError(
    { zh: zh.join('\n'), en: en.join('\n') },
    { field: 'files', members: { refused } },
  );
}
