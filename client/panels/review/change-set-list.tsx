/** 成批记录: the change sets made, newest first, each with what it stands under and 撤销. */
import { Skeleton } from 'antd';
import type { ChangeSet } from '../../../geodata/contract/change-sets.ts';
import { useChangeSets } from '../../api/change-sets.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { readTime } from '../marking/field-words.ts';
import { RequestNotice } from '../request-notice.tsx';
import { UndoSet } from './undo-set.tsx';

export function ChangeSetList() {
  const { sets: texts } = useWorkTexts();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useChangeSets();
  if (data === undefined) {
    return error ? (
      <RequestNotice title={texts.failed} error={error} retry={() => void refetch()} />
    ) : (
      <Skeleton active title={false} paragraph={{ rows: 6 }} className="panel-waiting" />
    );
  }
  const sets = data.pages.flatMap(({ changeSets }) => changeSets);
  return (
    <div className="work-scroll">
      {sets.length === 0 && <p className="work-empty">{texts.none}</p>}
      <ul className="set-list" aria-label={texts.title}>
        {sets.map((changeSet) => (
          <SetLine key={changeSet.id} changeSet={changeSet} />
        ))}
      </ul>
      {hasNextPage && (
        <button
          type="button"
          className="link-button work-empty"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {texts.more}
        </button>
      )}
    </div>
  );
}

function SetLine({ changeSet }: { changeSet: ChangeSet }) {
  const { sets: texts } = useWorkTexts();
  const language = useLanguage();
  const { kind, title, documentNumber, documents, siteCount } = changeSet;
  const isUndone = changeSet.undoneById !== null;
  return (
    <li className={isUndone ? 'set-line set-line-undone' : 'set-line'}>
      <p>
        <span className="state-mark">{texts.kinds[kind]}</span> <strong>{title}</strong>{' '}
        <span className="figure-left">{texts.count(formatNumber(siteCount, language))}</span>
        {isUndone && <span className="state-mark">{texts.undone}</span>}
      </p>
      <p className="quiet">
        {texts.by(changeSet.actor, readTime(changeSet.madeAt))}
        {documentNumber !== null && !title.includes(documentNumber) && ` · ${texts.number(documentNumber)}`}
        {documents.map(({ documentId, fileName }) => (
          <span key={documentId}> · {fileName}</span>
        ))}
      </p>
      <UndoSet changeSet={changeSet} />
    </li>
  );
}
