/** Files on their way: progress, stop, try again; what was refused says why until it is taken off. */
import { CloseOutlined, ReloadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Progress } from 'antd';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';
import { dismissUpload, retryUpload, stopUpload, type Upload } from './upload-queue.ts';

export function UploadList({ uploads }: { uploads: readonly Upload[] }) {
  if (uploads.length === 0) return null;
  return (
    <ul className="upload-list">
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}

function UploadRow({ upload }: { upload: Upload }) {
  const { evidence: texts } = useMarkingTexts();
  const client = useQueryClient();
  const words = useStateWords(upload);
  const { id, file, state } = upload;
  const underWay = state.phase === 'sending' || state.phase === 'waiting';
  const mayRetry = state.phase === 'failed' || state.phase === 'stopped';
  return (
    <li className={state.phase === 'failed' || state.phase === 'refused' ? 'upload-wrong' : undefined}>
      <span className="upload-name" title={file.name}>
        {file.name}
      </span>
      {mayRetry && (
        <button
          type="button"
          className="icon-button"
          aria-label={`${texts.retry} ${file.name}`}
          title={texts.retry}
          onClick={() => retryUpload(client, id)}
        >
          <ReloadOutlined />
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={underWay ? texts.stop(file.name) : texts.dismiss(file.name)}
        onClick={() => (underWay ? stopUpload(id) : dismissUpload(id))}
      >
        <CloseOutlined />
      </button>
      {state.phase === 'sending' && (
        <Progress
          percent={Math.floor(state.share * 100)}
          showInfo={false}
          size="small"
          aria-label={file.name}
        />
      )}
      <p className="quiet" role={underWay ? 'status' : 'alert'}>
        {words}
      </p>
    </li>
  );
}

function useStateWords({ file, state }: Upload): string {
  const { evidence: texts } = useMarkingTexts();
  const allTexts = useTexts();
  const language = useLanguage();
  const word = useWord();
  switch (state.phase) {
    case 'waiting':
      return texts.waiting;
    case 'sending':
      return state.share < 1
        ? texts.uploading(file.name, `${formatNumber(Math.floor(state.share * 100), language)}%`)
        : texts.received;
    case 'stopped':
      return texts.stopped;
    case 'refused':
      return word(state.title);
    case 'failed': {
      const { what, todo } = explainFailure(state.error, allTexts);
      return `${texts.failed} · ${what}${todo === '' || todo === what ? '' : ` ${todo}`}`;
    }
  }
}
