/** 撤销 of a change set as a whole, with its reason; where it cannot be undone, why. */
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { ChangeSet } from '../../../geodata/contract/change-sets.ts';
import { setRefusalOf, useUndoChangeSet } from '../../api/change-sets.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { SendFailure } from '../marking/send-failure.tsx';

export function UndoSet({ changeSet }: { changeSet: ChangeSet }) {
  const { sets: texts } = useWorkTexts();
  const { cancel, problems } = useMarkingTexts();
  const language = useLanguage();
  const undo = useUndoChangeSet();
  const reasonId = useId();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  if (undo.data !== undefined) {
    return <p role="status">{texts.undoDone(formatNumber(undo.data.siteCount, language))}</p>;
  }
  if (changeSet.undoObstacle !== null) {
    // An undo is plain to see; the others have to be told.
    if (changeSet.undoObstacle === 'is_undo' || changeSet.undoObstacle === 'undone') return null;
    return <p className="quiet">{texts.obstacles[changeSet.undoObstacle]}</p>;
  }
  if (!asking) {
    return (
      <p>
        <Button onClick={() => setAsking(true)}>{texts.undo}</Button>
      </p>
    );
  }
  const isMissing = missing && reason.trim() === '';
  const send = () => {
    if (reason.trim() === '') setMissing(true);
    else undo.mutate({ id: changeSet.id, reason: reason.trim() });
  };
  return (
    <div className="undo-set">
      <label htmlFor={reasonId}>{texts.undoReason}</label>
      <Input
        id={reasonId}
        maxLength={500}
        value={reason}
        status={isMissing ? 'error' : ''}
        aria-invalid={isMissing}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={send}
      />
      {isMissing && (
        <p className="mark-problem" role="alert">
          {problems.needsReason}
        </p>
      )}
      <p className="quiet">{texts.undoHint}</p>
      <SendFailure error={undo.error} />
      {(setRefusalOf(undo.error)?.sites ?? []).map(({ code, name, title }) => (
        <p key={code} className="mark-problem">
          {name} {language === 'zh-CN' ? title.zh : title.en}
        </p>
      ))}
      <span className="work-buttons">
        <Button onClick={() => setAsking(false)}>{cancel}</Button>
        <Button type="primary" danger loading={undo.isPending} onClick={send}>
          {undo.isPending ? texts.undoing : texts.undo}
        </Button>
      </span>
    </div>
  );
}
