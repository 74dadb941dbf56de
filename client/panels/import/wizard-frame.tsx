/** What stands round every step: the way back, the title, the steps with where one is. */
import { ArrowLeftOutlined } from '@ant-design/icons';
import { Steps } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { type WizardStep, wizardSteps } from './wizard-steps.ts';

export function WizardFrame(props: {
  /** Null: no step, as long as one may not begin. */
  step: WizardStep | null;
  fileNames?: readonly string[];
  /** Steps one can go to by a click. */
  open?: readonly WizardStep[];
  goTo?: (step: WizardStep) => void;
  failed?: boolean;
  children: ReactNode;
}) {
  const { imports: texts } = useTexts();
  const setImportJob = useAppState((state) => state.setImportJob);
  const { step, open = [], goTo } = props;
  const current = step === null ? -1 : wizardSteps.indexOf(step);
  const heading = useFocusOnNewStep(step);
  return (
    <div className="import-page">
      <header className="import-head">
        <button type="button" className="link-button" onClick={() => setImportJob(null)}>
          <ArrowLeftOutlined /> {texts.back}
        </button>
        <h1 ref={heading} tabIndex={-1}>
          {texts.title}
          {props.fileNames && <small>{props.fileNames.join(', ')}</small>}
        </h1>
      </header>
      {step !== null && (
        <nav aria-label={texts.stepsLabel} className="import-steps">
          <p className="import-step-line" aria-hidden="true">
            {texts.stepOf(String(current + 1), String(wizardSteps.length), texts.steps[step])}
          </p>
          <Steps
            size="small"
            current={current}
            status={props.failed ? 'error' : 'process'}
            items={wizardSteps.map((id) => ({
              title: texts.steps[id],
              disabled: id === step || !open.includes(id),
            }))}
            {...(goTo && open.length > 0
              ? {
                  onChange: (index: number) => {
                    const target = wizardSteps[index];
                    if (target !== undefined && open.includes(target)) goTo(target);
                  },
                }
              : {})}
          />
        </nav>
      )}
      {step !== null && (
        <p className="sr-only" role="status">
          {texts.stepOf(String(current + 1), String(wizardSteps.length), texts.steps[step])}
        </p>
      )}
      {props.children}
    </div>
  );
}

/** The button that led on is gone: the focus goes to the top of the step that took its place. */
function useFocusOnNewStep(step: WizardStep | null) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('.page')?.scrollTo({ top: 0 });
  }, [step]);
  return heading;
}
