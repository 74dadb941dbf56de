/** 更正: the values of a past day put right by a new event, with the reason. */
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { refusalOf, useMineSite, useSiteCommand } from '../../api/mine-sites.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { RequestNotice } from '../request-notice.tsx';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import type { DraftProblem } from './check-draft.ts';
import { readHectares, readValue } from './field-words.ts';
import { FormStateContext } from './form-state.ts';
import { useKeptInput } from './kept-input.ts';
import { DayField, NumberField, WordsField } from './number-field.tsx';
import { readArea, readNumber } from './quantities.ts';
import { SendFailure } from './send-failure.tsx';
import { TaskFrame } from './task-frame.tsx';

export function CorrectForm(props: { code: string; close: () => void; done: () => void }) {
  const texts = useMarkingTexts();
  const allTexts = useTexts();
  const { data: site, error, refetch } = useMineSite(props.code);
  if (site) return <OpenedCorrection site={site} close={props.close} done={props.done} />;
  return (
    <TaskFrame title={props.code} close={props.close}>
      {error ? (
        <RequestNotice title={texts.failed.site} error={error} retry={() => void refetch()} />
      ) : (
        <p role="status">{allTexts.loading}</p>
      )}
    </TaskFrame>
  );
}

function OpenedCorrection({ site, close, done }: { site: MineSite; close: () => void; done: () => void }) {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const command = useSiteCommand(site.code);
  const seen = useRef(site);
  const { fields, change, forget } = useKeptInput(`correct/${site.code}`, {
    effectiveOn: site.workDay,
    percent: '',
    treated: '',
    reason: '',
  });
  const { effectiveOn, percent, treated, reason } = fields;
  const [attempted, setAttempted] = useState(false);
  const percentRead = readNumber(percent);
  const treatedRead = readArea(treated, 'ha');
  const refusal = refusalOf(command.error);
  const stale = refusal?.current;
  const isEmpty = percentRead.is === 'empty' && treatedRead.is === 'empty';
  const problems: DraftProblem[] = [];
  const need = (field: string, kind: 'notANumber' | 'required' | 'needsReason', atOnce: boolean) =>
    problems.push({ field, kind, atOnce });
  if (percentRead.is === 'invalid') need('progressPercent', 'notANumber', true);
  if (treatedRead.is === 'invalid') need('treatedToDateSquareMeters', 'notANumber', true);
  if (percentRead.is === 'number' && percentRead.value > 100)
    problems.push({ field: 'progressPercent', kind: 'atMost', limit: 100, atOnce: true });
  for (const [field, read] of [
    ['progressPercent', percentRead],
    ['treatedToDateSquareMeters', treatedRead],
  ] as const) {
    if (read.is === 'number' && read.value < 0)
      problems.push({ field, kind: 'atLeast', limit: 0, atOnce: true });
  }
  if (effectiveOn === '') need('effectiveOn', 'required', true);
  if (reason.trim() === '') need('reason', 'needsReason', false);
  const served = (refusal?.problems ?? []).map((problem) => ({
    ...problem,
    kind: 'said' as const,
    atOnce: true,
  }));
  const submit = () => {
    setAttempted(true);
    if (problems.length > 0 || isEmpty || command.isPending) return;
    command.mutate(
      {
        command: {
          do: 'correct',
          body: {
            effectiveOn,
            reason: reason.trim(),
            ...(percentRead.is === 'number' ? { progressPercent: percentRead.value } : {}),
            ...(treatedRead.is === 'number' ? { treatedToDateSquareMeters: treatedRead.value } : {}),
          },
        },
        version: seen.current.version,
      },
      {
        onSuccess: () => {
          forget();
          done();
        },
      },
    );
  };
  const { progressPercent, treatedAreaSquareMeters } = site.state;
  return (
    <FormStateContext
      value={{
        problems: [...problems, ...served],
        warnings: [],
        attempted,
        reasons: {},
        giveReason: () => undefined,
      }}
    >
      <TaskFrame
        title={texts.decide.correctTitle(site.name)}
        close={close}
        footer={
          <div className="mark-footer">
            {stale && (
              <ChangedMeanwhile
                before={seen.current}
                current={stale}
                goOn={() => {
                  seen.current = stale;
                  command.reset();
                }}
              />
            )}
            {attempted && isEmpty && (
              <p className="mark-problem" role="alert">
                {texts.decide.correctNothing}
              </p>
            )}
            <SendFailure error={command.error} />
            <div className="mark-buttons">
              <Button
                type="primary"
                size="large"
                className="mark-wide"
                loading={command.isPending}
                disabled={stale !== undefined}
                onClick={submit}
              >
                {command.isPending ? texts.decide.submitting : texts.decide.submit}
              </Button>
            </div>
          </div>
        }
      >
        <div className="mark-form">
          <p className="quiet">{texts.decide.correctHint}</p>
          <DayField
            field="effectiveOn"
            title={texts.fields.effectiveOn}
            hint={texts.form.effectiveOnHint(site.workDay)}
            most={site.workDay}
            value={effectiveOn}
            change={(day) => change({ effectiveOn: day })}
          />
          <NumberField
            field="progressPercent"
            title={texts.fields.progressPercent}
            unit={texts.form.percent}
            previous={texts.form.standing(readValue('progressPercent', progressPercent, { texts, language }))}
            value={percent}
            change={(text) => change({ percent: text })}
          />
          <NumberField
            field="treatedToDateSquareMeters"
            title={texts.fields.treatedToDateSquareMeters}
            unit={texts.form.areaUnits.ha}
            previous={texts.form.standing(
              treatedAreaSquareMeters === null ? '—' : readHectares(treatedAreaSquareMeters, language),
            )}
            value={treated}
            change={(text) => change({ treated: text })}
          />
          <WordsField
            field="reason"
            title={texts.fields.reason}
            required
            most={500}
            value={reason}
            change={(text) => change({ reason: text })}
          />
        </div>
      </TaskFrame>
    </FormStateContext>
  );
}
