/**
 * Files on their way to a site: two at a time, each with its progress, to be stopped or tried again. They go on while
 * forms open and close; only leaving the page asks first.
 */
import type { QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import type { AttachmentList, EvidenceMeaning } from '../../../geodata/contract/attachments.ts';
import { attachmentsKey, uploadAttachment } from '../../api/attachments.ts';
import { noteMissingRight } from '../../api/imports.ts';
import { csrfTokenOf } from '../../api/session.ts';

export type UploadState =
  | { phase: 'waiting' }
  | { phase: 'sending'; share: number }
  | { phase: 'stopped' }
  | { phase: 'refused'; title: { zh: string; en: string } }
  | { phase: 'failed'; error: unknown };

export type Upload = {
  id: number;
  code: string;
  file: File;
  meaning: EvidenceMeaning;
  state: UploadState;
};

const AT_ONCE = 2;

export const useUploads = create<{ uploads: Upload[] }>()(() => ({ uploads: [] }));

const running = new Map<number, AbortController>();
let lastId = 0;

const isUnderWay = ({ state }: Upload) => state.phase === 'sending' || state.phase === 'waiting';

/** Whether files of the site, or of any site, are still on their way. */
export function isUploading(uploads: readonly Upload[], code?: string): boolean {
  return uploads.some((upload) => isUnderWay(upload) && (code === undefined || upload.code === code));
}

export function addUploads(
  client: QueryClient,
  code: string,
  files: readonly File[],
  meaning: EvidenceMeaning,
): void {
  const added = files.map((file): Upload => {
    lastId += 1;
    return { id: lastId, code, file, meaning, state: { phase: 'waiting' } };
  });
  useUploads.setState(({ uploads }) => ({ uploads: [...uploads, ...added] }));
  proceed(client);
}

export function stopUpload(id: number): void {
  setState(id, { phase: 'stopped' });
  running.get(id)?.abort();
}

export function retryUpload(client: QueryClient, id: number): void {
  setState(id, { phase: 'waiting' });
  proceed(client);
}

export function dismissUpload(id: number): void {
  running.get(id)?.abort();
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => upload.id !== id) }));
}

function setState(id: number, state: UploadState): void {
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)),
  }));
}

function proceed(client: QueryClient): void {
  const { uploads } = useUploads.getState();
  window.onbeforeunload = isUploading(uploads) ? (event) => event.preventDefault() : null;
  const waiting = uploads.filter(({ state }) => state.phase === 'waiting');
  for (const upload of waiting.slice(0, Math.max(0, AT_ONCE - running.size))) {
    void send(client, upload).finally(() => proceed(client));
  }
}

async function send(client: QueryClient, { id, code, file, meaning }: Upload): Promise<void> {
  const abort = new AbortController();
  running.set(id, abort);
  setState(id, { phase: 'sending', share: 0 });
  try {
    const { stored, refused } = await uploadAttachment(code, file, meaning, {
      csrfToken: csrfTokenOf(client),
      onProgress: (share) => {
        if (!abort.signal.aborted) setState(id, { phase: 'sending', share });
      },
      signal: abort.signal,
    });
    client.setQueryData<AttachmentList['attachments']>(attachmentsKey(code), (list) => [
      ...stored,
      ...(list ?? []).filter((old) => !stored.some((fresh) => fresh.id === old.id)),
    ]);
    void client.invalidateQueries({ queryKey: attachmentsKey(code) });
    const [refusal] = refused;
    if (refusal === undefined) dismissUpload(id);
    else setState(id, { phase: 'refused', title: refusal.title });
  } catch (error) {
    if (abort.signal.aborted) return;
    noteMissingRight(client, error);
    setState(id, { phase: 'failed', error });
  } finally {
    running.delete(id);
  }
}
