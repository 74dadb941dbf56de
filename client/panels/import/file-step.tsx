/** 选择文件: drop or choose the files of one delivery, then send them, with progress and a way to stop. */
import { CloseOutlined, InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { uploadLimits } from '../../../geodata/contract/imports.ts';
import { importsKey, jobKey, noteMissingRight } from '../../api/imports.ts';
import { csrfTokenOf } from '../../api/session.ts';
import { uploadDelivery } from '../../api/upload.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { RequestNotice } from '../request-notice.tsx';
import { addFiles, type DeliveryProblem, deliveryProblem } from './delivery-files.ts';
import { formatFileSize } from './file-size.ts';

export function FileStep({ uploaded }: { uploaded: (jobId: string) => void }) {
  const { imports } = useTexts();
  const texts = imports.file;
  const language = useLanguage();
  const [files, setFiles] = useState<File[]>([]);
  const [folderDropped, setFolderDropped] = useState(false);
  const upload = useUpload(uploaded);
  const problem = deliveryProblem(files);
  const sending = upload.state.phase === 'sending';
  const add = (added: readonly File[]) => {
    setFolderDropped(false);
    setFiles((chosen) => addFiles(chosen, added));
    upload.rest();
  };
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return (
    <div className="import-file">
      <DropZone disabled={sending} add={add} folderDropped={() => setFolderDropped(true)} />
      {folderDropped && (
        <p className="alert-ink" role="alert">
          {texts.problems.folder}
        </p>
      )}
      {files.length > 0 && (
        <>
          <p className="figure-left">
            {texts.chosen(formatNumber(files.length, language), formatFileSize(size, language))}
          </p>
          <ul className="chosen-files">
            {files.map((file) => (
              <li key={file.name}>
                <span>{file.name}</span>
                <span className="figure quiet">{formatFileSize(file.size, language)}</span>
                <button
                  type="button"
                  className="icon-button"
                  disabled={sending}
                  aria-label={texts.remove(file.name)}
                  onClick={() => {
                    setFiles(files.filter((other) => other !== file));
                    upload.rest();
                  }}
                >
                  <CloseOutlined />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {problem && (
        <p className="alert-ink" role="alert">
          <ProblemWords problem={problem} />
        </p>
      )}
      <UploadState state={upload.state} retry={() => void upload.send(files)} />
      <div className="import-actions">
        {sending ? (
          <Button onClick={upload.stop}>{texts.stop}</Button>
        ) : (
          <Button
            type="primary"
            disabled={files.length === 0 || problem !== null}
            onClick={() => void upload.send(files)}
          >
            {texts.upload}
          </Button>
        )}
      </div>
    </div>
  );
}

function DropZone(props: {
  disabled: boolean;
  add: (files: readonly File[]) => void;
  folderDropped: () => void;
}) {
  const { file: texts } = useTexts().imports;
  const inputId = useId();
  const [over, setOver] = useState(false);
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (props.disabled) return;
    const items = [...event.dataTransfer.items];
    if (items.some((item) => item.webkitGetAsEntry()?.isDirectory)) props.folderDropped();
    else props.add([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way; the field inside takes keys and clicks
    <div
      className={over ? 'drop-zone drop-zone-over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!props.disabled);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <InboxOutlined className="drop-icon" aria-hidden="true" />
      <p>
        <span className="not-on-phone">{texts.drop} </span>
        <label className="file-choice" htmlFor={inputId}>
          {texts.choose}
        </label>
        <input
          id={inputId}
          type="file"
          multiple
          className="file-input"
          disabled={props.disabled}
          onChange={(event) => {
            props.add([...(event.target.files ?? [])]);
            // The same file can be chosen again after it was taken off or corrected.
            event.target.value = '';
          }}
        />
      </p>
      <p className="quiet">{texts.formats}</p>
      <p className="quiet">{texts.together}</p>
    </div>
  );
}

function ProblemWords({ problem }: { problem: DeliveryProblem }) {
  const { problems: texts } = useTexts().imports.file;
  const language = useLanguage();
  switch (problem.kind) {
    case 'empty':
    case 'unknown':
      return texts[problem.kind](problem.name);
    case 'missing':
      return texts.missing(problem.names.join(' '));
    case 'tooLarge':
      return texts.tooLarge(formatFileSize(uploadLimits.totalBytes, language));
    case 'tooMany':
      return texts.tooMany(formatNumber(uploadLimits.files, language));
    case 'several':
    case 'stems':
      return texts[problem.kind];
  }
}

type UploadPhase =
  | { phase: 'rest' }
  | { phase: 'sending'; share: number }
  | { phase: 'stopped' }
  | { phase: 'failed'; error: unknown };

function UploadState({ state, retry }: { state: UploadPhase; retry: () => void }) {
  const { file: texts } = useTexts().imports;
  const language = useLanguage();
  if (state.phase === 'rest') return null;
  if (state.phase === 'stopped') return <p role="status">{texts.stopped}</p>;
  if (state.phase === 'failed')
    return <RequestNotice title={texts.failed} error={state.error} retry={retry} />;
  const percent = Math.floor(state.share * 100);
  return (
    <div className="import-progress">
      <p role="status">
        {percent < 100 ? texts.uploading(`${formatNumber(percent, language)}%`) : texts.received}
      </p>
      <Progress percent={percent} showInfo={false} aria-label={texts.upload} />
    </div>
  );
}

function useUpload(uploaded: (jobId: string) => void) {
  const client = useQueryClient();
  const [state, setState] = useState<UploadPhase>({ phase: 'rest' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const send = async (files: readonly File[]) => {
    const abort = new AbortController();
    running.current = abort;
    setState({ phase: 'sending', share: 0 });
    try {
      const job = await uploadDelivery(files, {
        csrfToken: csrfTokenOf(client),
        onProgress: (share) => setState({ phase: 'sending', share }),
        signal: abort.signal,
      });
      client.setQueryData(jobKey(job.id), job);
      void client.invalidateQueries({ queryKey: importsKey });
      uploaded(job.id);
    } catch (error) {
      if (abort.signal.aborted) {
        setState({ phase: 'stopped' });
        return;
      }
      noteMissingRight(client, error);
      setState({ phase: 'failed', error });
    }
  };
  return {
    state,
    send,
    stop: () => running.current?.abort(),
    rest: () => setState({ phase: 'rest' }),
  };
}
