/** The one document a list of sites stands under: sent when it is chosen, named once it has arrived. */
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { SetDocument } from '../../../geodata/contract/change-sets.ts';
import { uploadSetDocument } from '../../api/change-sets.ts';
import { csrfTokenOf } from '../../api/session.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { acceptedTypes, fileProblem, mostBytes } from '../evidence/file-problem.ts';
import { explainFailure } from '../explain-failure.ts';
import { formatFileSize } from '../import/file-size.ts';
import { FieldRow } from '../marking/field-row.tsx';
import { FilePick } from './file-pick.tsx';

type Upload =
  | { is: 'none'; problem: string | null }
  | { is: 'sending'; name: string; share: number }
  | { is: 'there'; document: SetDocument };

export function SetDocumentField(props: {
  hint: ReactNode;
  required: boolean;
  /** The document's id once it is there; null: none. */
  change: (documentId: string | null) => void;
  uploading: (uploading: boolean) => void;
}) {
  const { set: texts } = useWorkTexts();
  const language = useLanguage();
  const { upload, send, remove } = useDocument(props);
  return (
    <>
      <FieldRow field="documentId" title={texts.document} required={props.required} hint={props.hint}>
        {(control) =>
          upload.is === 'there' ? (
            <span className="set-document">
              <span id={control.id}>
                {upload.document.fileName}{' '}
                <span className="quiet">{formatFileSize(upload.document.byteSize, language)}</span>
              </span>
              <Button size="small" onClick={remove}>
                {texts.removeDocument}
              </Button>
            </span>
          ) : (
            <FilePick
              control={control}
              accept={acceptedTypes.document}
              disabled={upload.is === 'sending'}
              title={texts.chooseDocument}
              take={send}
            />
          )
        }
      </FieldRow>
      {upload.is === 'sending' && (
        <p role="status" className="quiet">
          {upload.name} {texts.uploading(`${formatNumber(upload.share * 100, language)}%`)}
        </p>
      )}
      {upload.is === 'none' && upload.problem !== null && (
        <p className="mark-problem" role="alert">
          {upload.problem}
        </p>
      )}
    </>
  );
}

function useDocument(props: {
  change: (documentId: string | null) => void;
  uploading: (uploading: boolean) => void;
}) {
  const texts = useTexts();
  const { set: words } = useWorkTexts();
  const { evidence } = useMarkingTexts();
  const language = useLanguage();
  const client = useQueryClient();
  const [upload, setUpload] = useState<Upload>({ is: 'none', problem: null });
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  async function send(file: File): Promise<void> {
    const problem = fileProblem(file, 'document');
    if (problem !== null) {
      const why =
        problem === 'tooLarge'
          ? evidence.tooLarge(formatFileSize(mostBytes.document, language))
          : evidence[problem];
      setUpload({ is: 'none', problem: `${file.name}: ${why}` });
      return;
    }
    const controller = new AbortController();
    stop.current = controller;
    setUpload({ is: 'sending', name: file.name, share: 0 });
    props.uploading(true);
    try {
      const document = await uploadSetDocument(file, {
        csrfToken: csrfTokenOf(client),
        signal: controller.signal,
        onProgress: (share) => setUpload({ is: 'sending', name: file.name, share }),
      });
      setUpload({ is: 'there', document });
      props.change(document.documentId);
    } catch (error) {
      if (controller.signal.aborted) return;
      const { what, todo } = explainFailure(error, texts);
      setUpload({ is: 'none', problem: [words.uploadFailed, what, todo].filter(Boolean).join(' · ') });
    }
    props.uploading(false);
  }

  return {
    upload,
    send: (file: File) => void send(file),
    remove: () => {
      setUpload({ is: 'none', problem: null });
      props.change(null);
    },
  };
}
