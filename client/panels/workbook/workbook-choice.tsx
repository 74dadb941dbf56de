/** Where a filled workbook is chosen, and how it goes with it. */
import { workbookLimits } from '../../../geodata/contract/workbooks.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { explainFailure } from '../explain-failure.ts';
import { formatFileSize } from '../import/file-size.ts';
import { FilePick } from '../review/file-pick.tsx';
import type { CheckedWorkbook } from './checked-workbook.ts';

export function WorkbookChoice({ checked: { state, send } }: { checked: CheckedWorkbook }) {
  const texts = useTexts();
  const { workbook: words } = useWorkTexts();
  const language = useLanguage();
  const failure = state.is === 'failed' ? explainFailure(state.error, texts) : null;
  return (
    <div className="workbook-choice">
      <FilePick accept=".xlsx" disabled={state.is === 'sending'} title={words.choose} take={send} />
      {'fileName' in state && <p className="quiet">{state.fileName}</p>}
      {state.is === 'sending' && (
        <p role="status">
          {state.share < 1
            ? words.uploading(`${formatNumber(state.share * 100, language)}%`)
            : words.checking}
        </p>
      )}
      {state.is === 'unfit' && (
        <p className="mark-problem" role="alert">
          {state.why === 'notXlsx'
            ? words.notXlsx
            : words.tooLarge(formatFileSize(workbookLimits.bytes, language))}
        </p>
      )}
      {failure !== null && (
        <p className="mark-problem" role="alert">
          {[words.uploadFailed, failure.what, failure.todo]
            .filter((part, index, parts) => part !== '' && parts.indexOf(part) === index)
            .join(' · ')}
        </p>
      )}
    </div>
  );
}
