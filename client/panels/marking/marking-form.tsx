/** 填报: a month of one site. All of it at once at a desk, in three steps on the phone. */
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { useAttachments } from '../../api/attachments.ts';
import { siteChanged, useMineSite } from '../../api/mine-sites.ts';
import { useAccount } from '../../api/session.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { ClosedNote } from '../account/closed-note.tsx';
import { RequestNotice } from '../request-notice.tsx';
import { readMonth } from './field-words.ts';
import { useLastAccountId } from './last-account.ts';
import { ReportForm } from './report-form.tsx';
import { TaskFrame } from './task-frame.tsx';

/** `noProgress` begins with 本期无进展; `done` is told once it is submitted, `close` when it is left. */
export function MarkingForm(props: {
  code: string;
  /** Left out: the month that owes an answer now. */
  period?: string | undefined;
  noProgress?: boolean;
  close: () => void;
  done: (site: MineSite) => void;
}) {
  const texts = useMarkingTexts();
  const allTexts = useTexts();
  const language = useLanguage();
  const client = useQueryClient();
  const account = useAccount();
  const accountId = useLastAccountId();
  const { data: site, error, refetch } = useMineSite(props.code, props.period);
  const attachments = useAttachments(props.code, { enabled: account.role !== 'anonymous' });
  const draftKey = useMemo(
    () => ({ accountId: accountId ?? '', code: props.code, period: site?.period ?? '' }),
    [accountId, props.code, site?.period],
  );
  const title = site ? texts.form.title(site.name, readMonth(site.period, language)) : props.code;
  if (accountId === null) {
    return (
      <TaskFrame title={title} close={props.close}>
        <ClosedNote text={texts.needsSignIn} />
      </TaskFrame>
    );
  }
  if (site === undefined || (attachments.data === undefined && attachments.error === null)) {
    return (
      <TaskFrame title={title} close={props.close}>
        {error ? (
          <RequestNotice title={texts.failed.site} error={error} retry={() => void refetch()} />
        ) : (
          <p role="status">{allTexts.loading}</p>
        )}
      </TaskFrame>
    );
  }
  return (
    <ReportForm
      key={`${accountId}/${site.period}`}
      site={site}
      attachments={attachments.data ?? []}
      draftKey={draftKey}
      noProgress={props.noProgress ?? false}
      signedOut={account.role === 'anonymous'}
      title={title}
      close={props.close}
      done={(answered) => {
        siteChanged(client, props.code);
        props.done(answered);
      }}
    />
  );
}
