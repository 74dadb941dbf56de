/** One workbook on its way: chosen, sent, looked at, applied. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ChangeSet } from '../../../geodata/contract/change-sets.ts';
import { type WorkbookPreview, workbookLimits } from '../../../geodata/contract/workbooks.ts';
import { csrfTokenOf } from '../../api/session.ts';
import { checkWorkbook } from '../../api/workbooks.ts';

export type WorkbookState =
  | { is: 'none' }
  | { is: 'unfit'; why: 'notXlsx' | 'tooLarge'; fileName: string }
  /** `share` 0–1 of the bytes sent; at 1 it is being checked. */
  | { is: 'sending'; fileName: string; share: number }
  | { is: 'failed'; fileName: string; error: unknown }
  | { is: 'checked'; fileName: string; preview: WorkbookPreview }
  | { is: 'applied'; changeSet: ChangeSet };

export type CheckedWorkbook = {
  state: WorkbookState;
  send: (file: File) => void;
  setApplied: (changeSet: ChangeSet) => void;
  startAnew: () => void;
};

export function useCheckedWorkbook(): CheckedWorkbook {
  const client = useQueryClient();
  const [state, setState] = useState<WorkbookState>({ is: 'none' });
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  async function send(file: File): Promise<void> {
    const fileName = file.name;
    const why = unfitness(file);
    if (why !== null) {
      setState({ is: 'unfit', why, fileName });
      return;
    }
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setState({ is: 'sending', fileName, share: 0 });
    try {
      const preview = await checkWorkbook(file, {
        csrfToken: csrfTokenOf(client),
        signal: controller.signal,
        onProgress: (share) => setState({ is: 'sending', fileName, share }),
      });
      setState({ is: 'checked', fileName, preview });
    } catch (error) {
      if (!controller.signal.aborted) setState({ is: 'failed', fileName, error });
    }
  }

  return {
    state,
    send: (file) => void send(file),
    setApplied: (changeSet) => setState({ is: 'applied', changeSet }),
    startAnew: () => setState({ is: 'none' }),
  };
}

/** What cannot be a workbook is not sent. Pure. */
export function unfitness({ name, size }: Pick<File, 'name' | 'size'>): 'notXlsx' | 'tooLarge' | null {
  if (!name.toLowerCase().endsWith('.xlsx')) return 'notXlsx';
  return size > workbookLimits.bytes ? 'tooLarge' : null;
}
