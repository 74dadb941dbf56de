/** What became of each file: on its way, at which sites, refused and why. */
import { useQueryClient } from '@tanstack/react-query';
import { Progress } from 'antd';
import type { UploadAnswer } from '../../../geodata/contract/attachments.ts';
import { formatNumber, joinWords } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { explainFailure } from '../explain-failure.ts';
import { type SiteOption, useSiteOptions } from './site-choice.ts';
import { retrySortedFile, type SortedFile } from './sort-queue.ts';

export function SortedFileList({ files }: { files: readonly SortedFile[] }) {
  const options = useSiteOptions({ enabled: files.length > 0 });
  if (files.length === 0) return null;
  return (
    <ul className="upload-list">
      {files.map((file) => (
        <SortedRow key={file.id} file={file} options={options} />
      ))}
    </ul>
  );
}

function SortedRow({ file: { id, name, state }, options }: { file: SortedFile; options: SiteOption[] }) {
  const { evidence } = useMarkingTexts();
  const texts = useTexts();
  const client = useQueryClient();
  const failure = state.phase === 'failed' ? explainFailure(state.error, texts) : null;
  return (
    <li className={failure === null ? undefined : 'upload-wrong'}>
      <span className="upload-name" title={name}>
        {name}
      </span>
      {failure !== null && (
        <button type="button" className="link-button" onClick={() => retrySortedFile(client, id)}>
          {evidence.retry}
        </button>
      )}
      {state.phase === 'sending' && (
        <Progress percent={Math.floor(state.share * 100)} showInfo={false} size="small" aria-label={name} />
      )}
      {state.phase === 'waiting' && <p className="quiet">{evidence.waiting}</p>}
      {state.phase === 'sending' && state.share === 1 && (
        <p className="quiet" role="status">
          {evidence.received}
        </p>
      )}
      {failure !== null && (
        <p role="alert">
          {evidence.failed} · {failure.what} {failure.todo !== failure.what && failure.todo}
        </p>
      )}
      {state.phase === 'done' && <Outcome answer={state.answer} options={options} />}
    </li>
  );
}

function Outcome({ answer, options }: { answer: UploadAnswer; options: SiteOption[] }) {
  const { sort } = useWorkTexts();
  const language = useLanguage();
  const word = useWord();
  const codes = [...new Set(answer.stored.map(({ siteCode }) => siteCode))];
  const named = codes.map((code) => options.find(({ value }) => value === code)?.label ?? code);
  return (
    <>
      {codes.length > 0 && codes.length <= 3 && (
        <p role="status">{sort.stored(joinWords(named, language))}</p>
      )}
      {codes.length > 3 && (
        <p role="status">
          {sort.storedMany(
            formatNumber(answer.stored.length, language),
            formatNumber(codes.length, language),
          )}
        </p>
      )}
      {answer.unmatched.length > 0 && (
        <p className="quiet">{sort.noSite(formatNumber(answer.unmatched.length, language))}</p>
      )}
      {answer.refused.map(({ fileName, title }) => (
        <p key={`${fileName}/${title.zh}`} className="mark-problem" role="alert">
          {fileName}: {word(title)}
        </p>
      ))}
    </>
  );
}
