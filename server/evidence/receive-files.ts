/** Takes in the form of an upload: files to a folder, none beyond its limit, and the fields that say what they are. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Request } from 'express';
import {
  type EvidenceMeaning,
  evidenceLimits,
  evidenceMeaningSchema,
} from '../../geodata/contract/attachments.ts';
import { BadRequestError, TooLargeError, UnprocessableError } from '../errors.ts';
import { readForm } from '../http/multipart.ts';
import { shownName } from '../imports/uploaded-names.ts';

export type ReceivedFile = {
  /** As it is shown: without folders and control characters; may be empty. */
  name: string;
  path: string;
  /** It went on beyond the limit of one file, and what lies at `path` is only its beginning. */
  isCut: boolean;
};

export type ReceivedForm = { files: ReceivedFile[]; meaning: EvidenceMeaning };

/** `mostFileBytes`: of one file. Throws as readForm does, and UnprocessableError for fields that are not as they should be. */
export async function receiveFiles(
  request: Request,
  folder: string,
  mostFileBytes: number = evidenceLimits.documentBytes,
): Promise<ReceivedForm> {
  const files: ReceivedFile[] = [];
  const fields = new Map<string, string>();
  await readForm(request, folder, {
    limits: { totalBytes: evidenceLimits.totalBytes, files: evidenceLimits.files, fields: 10 },
    accept(givenName) {
      const file = { name: shownName(givenName), path: join(folder, String(files.length)), isCut: false };
      files.push(file);
      return boundedWriter(file, mostFileBytes);
    },
    field(name, value) {
      if (fields.has(name)) throw fieldTwice(name);
      fields.set(name, value);
    },
    words: { tooLarge, tooManyFiles, fields: tooManyFields },
  });
  return { files, meaning: readMeaning(fields) };
}

/** What is beyond the limit is received and not kept, so that the other files of the form arrive. */
function boundedWriter(file: ReceivedFile, mostBytes: number): Writable {
  const target = createWriteStream(file.path, { flags: 'wx', mode: 0o600 });
  let bytes = 0;
  const writer = new Writable({
    write(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      if (bytes > mostBytes) {
        file.isCut = true;
        done();
      } else if (target.write(piece)) done();
      else target.once('drain', done);
    },
    final(done) {
      target.end(done);
    },
    destroy(error, done) {
      target.destroy();
      done(error);
    },
  });
  target.on('error', (error) => writer.destroy(error));
  return writer;
}

function readMeaning(fields: ReadonlyMap<string, string>): EvidenceMeaning {
  // A form sends an empty field for what was not chosen.
  const given = Object.fromEntries([...fields].filter(([, value]) => value !== ''));
  const checked = evidenceMeaningSchema.safeParse(given);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const field =
    issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : String(issue?.path.at(0) ?? 'body');
  throw new UnprocessableError(
    {
      zh: `字段 ${field} 有误:可用 moment(before、during、after)、purpose(工作流要求的编号)、period(YYYY-MM)。`,
      en: `The field ${field} is not as it should be; there are moment (before, during, after), purpose (a requirement of the workflow) and period (YYYY-MM).`,
    },
    { field },
  );
}

function fieldTwice(name: string): BadRequestError {
  return new BadRequestError(
    { zh: `字段 ${name} 出现了多次。`, en: `The field ${name} is given more than once.` },
    { field: name },
  );
}

function tooLarge(): TooLargeError {
  const megabytes = evidenceLimits.totalBytes / 2 ** 20;
  return new TooLargeError({
    zh: `一次上传不能超过 ${megabytes} MB,请分批上传。`,
    en: `One upload may not be more than ${megabytes} MB; send it in parts.`,
  });
}

function tooManyFiles(): TooLargeError {
  return new TooLargeError({
    zh: `一次上传不能超过 ${evidenceLimits.files} 个文件,请分批上传。`,
    en: `One upload may not hold more than ${evidenceLimits.files} files; send it in parts.`,
  });
}

function tooManyFields(): BadRequestError {
  return new BadRequestError(
    { zh: '表单字段过多。', en: 'The form has too many fields.' },
    { field: 'body' },
  );
}
