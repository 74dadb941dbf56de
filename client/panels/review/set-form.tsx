/** One order for many sites: which can and which cannot, what it stands under, then one change set; and its result. */
import { Button } from 'antd';
import { useState } from 'react';
import type { ChangeSet } from '../../../geodata/contract/change-sets.ts';
import type { WorkItem, WorkList } from '../../../geodata/contract/work-list.ts';
import { lastFactDay } from '../../../geodata/domain/period.ts';
import { setRefusalOf, useSendChangeSet } from '../../api/change-sets.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { FormStateContext } from '../marking/form-state.ts';
import { useKeptInput } from '../marking/kept-input.ts';
import { SendFailure } from '../marking/send-failure.tsx';
import { TaskFrame } from '../marking/task-frame.tsx';
import { useWorkState } from '../work-list/work-state.ts';
import { useTaskTitle } from './set-bar.tsx';
import { firstSetDraft, readSetOrder, type SetDraft, stepTo } from './set-draft.ts';
import { SetFields } from './set-fields.tsx';
import { SetPreview } from './set-preview.tsx';
import { SetResult } from './set-result.tsx';
import { type SetTask, splitTargets, taskKey } from './set-task.ts';

export function SetForm(props: {
  task: SetTask;
  /** As they stood when the order was begun. */
  items: readonly WorkItem[];
  list: WorkList;
  close: () => void;
}) {
  const { set: texts } = useWorkTexts();
  const language = useLanguage();
  const taskTitle = useTaskTitle();
  const send = useSendChangeSet();
  const [items, setItems] = useState(props.items);
  const { task, list } = props;
  const lastDay = task.do === 'no_progress' ? lastFactDay(list.period, list.workDay) : list.workDay;
  const { documentId: _, ...firstFields } = firstSetDraft(lastDay);
  const typed = useKeptInput(`set/${list.period}/${taskKey(task)}`, firstFields);
  const [documentId, setDocumentId] = useState<string | null>(null);
  const draft: SetDraft = { ...typed.fields, documentId };
  const [uploading, setUploading] = useState(false);
  const [attempted, setAttempted] = useState(false);
  const [made, setMade] = useState<ChangeSet | null>(null);
  const clearChosen = useWorkState((state) => state.clearChosen);
  const number = (value: number) => formatNumber(value, language);
  const targets = splitTargets(items, task, list.period);
  const title = texts.title(taskTitle(task), number(targets.able.length));
  if (made !== null) {
    return (
      <TaskFrame title={taskTitle(task)} close={props.close}>
        <SetResult made={made} close={props.close} />
      </TaskFrame>
    );
  }
  const step =
    task.do === 'decide'
      ? stepTo(task.to, list.level === 'county' ? 'county_reviewer' : 'city_reviewer')
      : undefined;
  const { period, able } = targets;
  const { order, problems } = readSetOrder(draft, task, { able, period, workDay: lastDay, step });
  const refusal = setRefusalOf(send.error);
  const inTheWay = refusal?.sites ?? [];
  const change = (part: Partial<SetDraft>) => {
    const { documentId: chosen, ...fields } = part;
    if (chosen !== undefined) setDocumentId(chosen);
    typed.change(fields);
    if (send.error !== null && inTheWay.length === 0) send.reset();
  };
  const submit = () => {
    setAttempted(true);
    if (problems.length > 0 || able.length === 0 || send.isPending) return;
    send.mutate(order, {
      onSuccess: (changeSet) => {
        typed.forget();
        setMade(changeSet);
        clearChosen();
      },
    });
  };
  const dropThose = () => {
    const codes = new Set(inTheWay.map(({ code }) => code));
    setItems(items.filter(({ code }) => !codes.has(code)));
    send.reset();
  };
  const takeNewest = () => {
    const newest = new Map(list.items.map((item) => [item.code, item]));
    setItems(items.flatMap((item) => newest.get(item.code) ?? []));
    send.reset();
  };
  return (
    <FormStateContext value={{ problems, warnings: [], attempted, reasons: {}, giveReason: () => undefined }}>
      <TaskFrame
        title={title}
        subtitle={<span>{texts.allOrNothing}</span>}
        close={props.close}
        footer={
          <div className="mark-footer">
            {inTheWay.length === 0 && <SendFailure error={send.error} />}
            {inTheWay.length > 0 && (
              <InTheWay
                sites={inTheWay}
                stale={refusal?.currentSites !== undefined}
                drop={dropThose}
                takeNewest={takeNewest}
              />
            )}
            <div className="mark-buttons">
              <Button
                type="primary"
                size="large"
                danger={task.do === 'return'}
                className="mark-wide"
                loading={send.isPending}
                disabled={able.length === 0 || uploading || inTheWay.length > 0}
                onClick={submit}
              >
                {send.isPending ? texts.submitting : texts.submit(number(able.length))}
              </Button>
            </div>
          </div>
        }
      >
        <div className="mark-form">
          <SetPreview targets={targets} isReview={task.do === 'pass'} />
          {able.length > 0 && (
            <SetFields
              task={task}
              step={step}
              workDay={lastDay}
              draft={draft}
              change={change}
              uploading={setUploading}
            />
          )}
        </div>
      </TaskFrame>
    </FormStateContext>
  );
}

/** The service knows more of each site than the list does: who was refused, and why. */
function InTheWay(props: {
  sites: readonly { code: string; name: string; title: { zh: string; en: string } }[];
  stale: boolean;
  drop: () => void;
  takeNewest: () => void;
}) {
  const { set: texts } = useWorkTexts();
  const language = useLanguage();
  return (
    <div className="set-in-the-way" role="alert">
      <strong>{texts.inTheWay(formatNumber(props.sites.length, language))}</strong>
      {props.stale && <p>{texts.changed}</p>}
      <ul>
        {props.sites.map(({ code, name, title }) => (
          <li key={code}>
            {name} <span className="quiet">{language === 'zh-CN' ? title.zh : title.en}</span>
          </li>
        ))}
      </ul>
      {props.stale ? (
        <Button onClick={props.takeNewest}>{texts.takeNewest}</Button>
      ) : (
        <Button onClick={props.drop}>{texts.dropThese}</Button>
      )}
    </div>
  );
}
