/** 操作日志: who did what when, with filters; all that matches as CSV. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Input, Select, Skeleton } from 'antd';
import { useId, useState } from 'react';
import type { AuditEntry } from '../../../geodata/contract/audit.ts';
import { type AuditQuestion, auditCsvUrl, useAudit } from '../../api/accounts.ts';
import { useAdministrationTexts } from '../../i18n/administration-texts.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { readTime } from '../marking/field-words.ts';
import { RequestNotice } from '../request-notice.tsx';
import { useDelayedValue } from '../search/delayed-value.ts';
import { actionWord, detailWords } from './audit-words.ts';

const everything: AuditQuestion = { from: '', to: '', action: '', actor: '' };
const TYPING_MS = 300;

export function AuditLog() {
  const { audit: texts } = useAdministrationTexts();
  const [question, setQuestion] = useState(everything);
  const asked = useDelayedValue(question, TYPING_MS);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit(asked);
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      <p className="quiet admin-intro">{texts.intro}</p>
      <AuditFilters question={question} change={(part) => setQuestion({ ...question, ...part })} />
      {data === undefined && error && (
        <RequestNotice title={texts.failed} error={error} retry={() => void refetch()} />
      )}
      {data === undefined && !error && <Skeleton active title={false} paragraph={{ rows: 10 }} />}
      {data !== undefined && entries.length === 0 && <p role="status">{texts.none}</p>}
      {entries.length > 0 && <AuditTable entries={entries} />}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {texts.more}
        </Button>
      )}
    </>
  );
}

function AuditFilters(props: { question: AuditQuestion; change: (part: Partial<AuditQuestion>) => void }) {
  const { audit: texts } = useAdministrationTexts();
  const id = useId();
  const { question, change } = props;
  return (
    <div className="admin-tools">
      {(['from', 'to'] as const).map((name) => (
        <span key={name} className="audit-day">
          <label htmlFor={`${id}-${name}`}>{texts[name]}</label>
          <input
            id={`${id}-${name}`}
            type="date"
            className="day-input"
            value={question[name]}
            onChange={(event) => change({ [name]: event.target.value })}
          />
        </span>
      ))}
      <Input
        allowClear
        className="audit-actor"
        aria-label={texts.actor}
        placeholder={texts.actorHint}
        maxLength={100}
        value={question.actor}
        onChange={(event) => change({ actor: event.target.value })}
      />
      <Select
        className="audit-action"
        aria-label={texts.action}
        value={question.action}
        popupMatchSelectWidth={false}
        onChange={(action) => change({ action })}
        options={[
          { value: '', label: texts.allActions },
          ...Object.entries(texts.actions).map(([value, label]) => ({ value, label })),
        ]}
      />
      <Button icon={<DownloadOutlined />} href={auditCsvUrl(question)} download title={texts.exportHint}>
        {texts.export}
      </Button>
    </div>
  );
}

function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const texts = useAdministrationTexts();
  const language = useLanguage();
  const { columns } = texts.audit;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls sideways must be reached by keys
    <section className="dataset-scroll" tabIndex={0} aria-label={texts.views.audit}>
      <table className="dataset-table audit-table">
        <thead>
          <tr>
            {Object.entries(columns).map(([name, title]) => (
              <th key={name} scope="col" className={name === 'seq' ? 'figure' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.seq} title={texts.audit.hash(entry.hash)}>
              <th scope="row" className="figure">
                {formatNumber(entry.seq, language)}
              </th>
              <td data-title={columns.at} className="figure-left">
                {readTime(entry.at)}
              </td>
              <td data-title={columns.actor}>{entry.actor}</td>
              <td data-title={columns.action}>{actionWord(entry.action, texts)}</td>
              <td data-title={columns.subject}>{entry.subject}</td>
              <td data-title={columns.detail} className="audit-detail">
                {detailWords(entry.detail)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
