/** One event of a site: what, who, its three dates, the difference, and 恢复 where that is allowed. */
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { phaseDraws } from '../../../geodata/catalogue/mine-sites.ts';
import type { MineSite, SiteEvent } from '../../../geodata/contract/marking.ts';
import { statuses } from '../../../geodata/domain/workflow.ts';
import { useSiteCommand } from '../../api/mine-sites.ts';
import { formatDateShort, formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { Swatch } from '../../map/legend-swatch.tsx';
import { fieldTitle, readTime, readValue } from '../marking/field-words.ts';
import { SendFailure } from '../marking/send-failure.tsx';

export function HistoryEvent(props: { event: SiteEvent; site: MineSite; restorable: boolean }) {
  const { history: texts } = useMarkingTexts();
  const language = useLanguage();
  const word = useWord();
  const { event } = props;
  const moved = event.statusBefore !== null && event.statusBefore !== event.status;
  return (
    <li className={event.setsState ? 'timeline-event' : 'timeline-event timeline-aside'}>
      <span className="timeline-mark">
        <Swatch draw={phaseDraws[statuses[event.status].phase]} size={14} />
      </span>
      <div>
        <p>
          <strong>{texts.kinds[event.kind]}</strong>{' '}
          {moved && event.statusBefore !== null && `${word(statuses[event.statusBefore].title)} → `}
          {(moved || event.kind === 'record') && word(statuses[event.status].title)}
          {!event.setsState && <span className="quiet"> {texts.noEffect}</span>}
        </p>
        <p className="quiet">
          {event.recordedBy} · {texts.effectiveOn(event.effectiveOn)} · {texts.period(event.period)}
        </p>
        <p className="quiet">
          {texts.recorded(readTime(event.recordedAt))}
          {event.changeSetId !== null && ` · ${texts.changeSet}`}
          {event.evidence !== null &&
            event.evidence.length > 0 &&
            ` · ${texts.evidence(formatNumber(event.evidence.length, language))}`}
        </p>
        {event.reason !== null && <p className="timeline-words">{texts.reason(event.reason)}</p>}
        {event.note !== null && event.note !== '' && (
          <p className="timeline-words">{texts.note(event.note)}</p>
        )}
        <Changes event={event} />
        {props.restorable && <Restoration event={event} site={props.site} />}
      </div>
    </li>
  );
}

function Changes({ event }: { event: SiteEvent }) {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const changes = Object.entries(event.changes ?? {});
  const reading = { texts, language };
  return (
    <details className="mark-more">
      <summary>
        {changes.length > 0
          ? texts.history.changes(formatNumber(changes.length, language))
          : texts.history.trace(event.seq, event.hash.slice(0, 8))}
      </summary>
      {changes.length > 0 && (
        <table className="change-table">
          <thead>
            <tr>
              <th scope="col">{texts.history.fieldHead}</th>
              <th scope="col">{texts.history.beforeHead}</th>
              <th scope="col">{texts.history.afterHead}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(([field, [before, after]]) => (
              <tr key={field}>
                <th scope="row">{fieldTitle(field, texts)}</th>
                <td>{readValue(field, before, reading)}</td>
                <td>{readValue(field, after, reading)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="quiet timeline-hash" title={event.hash}>
        {texts.history.trace(event.seq, event.hash.slice(0, 16))}
      </p>
    </details>
  );
}

function Restoration({ event, site }: { event: SiteEvent; site: MineSite }) {
  const texts = useMarkingTexts();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const command = useSiteCommand(site.code);
  const id = useId();
  if (!open) {
    return (
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {texts.history.restore}
      </button>
    );
  }
  return (
    <form
      className="restoration"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (reason.trim() === '') {
          setMissing(true);
          return;
        }
        if (command.isPending) return;
        command.mutate(
          {
            command: { do: 'restore', body: { seq: event.seq, reason: reason.trim() } },
            version: site.version,
          },
          { onSuccess: () => setOpen(false) },
        );
      }}
    >
      <strong>{texts.history.restoreAsk(formatDateShort(event.recordedAt))}</strong>
      <p className="quiet">{texts.history.restoreHint}</p>
      <label htmlFor={id}>{texts.history.restoreReason}</label>
      <Input
        id={id}
        value={reason}
        maxLength={500}
        status={missing && reason.trim() === '' ? 'error' : ''}
        aria-invalid={missing && reason.trim() === ''}
        onChange={(change) => setReason(change.target.value)}
      />
      {missing && reason.trim() === '' && (
        <p className="mark-problem" role="alert">
          {texts.problems.needsReason}
        </p>
      )}
      <SendFailure error={command.error} />
      <div className="mark-buttons">
        <Button onClick={() => setOpen(false)}>{texts.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={command.isPending}>
          {texts.history.restoreDo}
        </Button>
      </div>
    </form>
  );
}
