/** Under the report: what is still wrong, the steps of the phone, submitting once, and clearing the draft. */
import { Button, Popconfirm } from 'antd';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { isUploading, useUploads } from '../evidence/upload-queue.ts';
import { useMarkingContext } from './marking-context.ts';
import { type PhoneStep, phoneSteps } from './phone-steps.ts';
import { useProblemWords } from './problem-words.ts';
import { SendFailure } from './send-failure.tsx';

/** `step` null: everything is shown at once. */
export function ReportFooter(props: {
  step: PhoneStep | null;
  goTo: (step: PhoneStep) => void;
  signedOut: boolean;
}) {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const marking = useMarkingContext();
  const uploads = useUploads((state) => state.uploads);
  const uploading = isUploading(uploads, marking.site.code);
  const { step, goTo } = props;
  const index = step === null ? -1 : phoneSteps.indexOf(step);
  const next = step === null ? undefined : phoneSteps[index + 1];
  const previous = step === null ? undefined : phoneSteps[index - 1];
  const told = marking.attempted ? marking.checked.problems.length : 0;
  const general = useProblemWords('answer');
  const submit = () => {
    marking.submit();
    // The first field to be corrected comes into view.
    requestAnimationFrame(() => {
      const wrong = document.querySelector('.mark-form [aria-invalid="true"]');
      if (wrong instanceof HTMLElement) wrong.focus();
    });
  };
  return (
    <div className="mark-footer">
      {uploading && <p role="status">{texts.form.uploading}</p>}
      {told > 0 && (
        <p className="mark-problem" role="alert">
          {general.length > 0 ? general.join(' ') : texts.form.fixFirst(formatNumber(told, language))}
        </p>
      )}
      <SendFailure error={marking.error} />
      <div className="mark-buttons">
        {previous !== undefined && (
          <Button size="large" onClick={() => goTo(previous)}>
            {texts.form.previous}
          </Button>
        )}
        {next !== undefined ? (
          <Button type="primary" size="large" className="mark-wide" onClick={() => goTo(next)}>
            {texts.form.next}
          </Button>
        ) : (
          <Button
            type="primary"
            size="large"
            className="mark-wide"
            loading={marking.isSending}
            disabled={uploading || props.signedOut}
            onClick={submit}
          >
            {marking.isSending ? texts.form.submitting : texts.form.submit}
          </Button>
        )}
        {step === null && marking.keptAt !== null && (
          <Popconfirm
            title={texts.form.discardAsk}
            description={texts.form.discardDetail}
            okText={texts.form.discard}
            onConfirm={marking.discard}
          >
            <Button size="large" type="text">
              {texts.form.discard}
            </Button>
          </Popconfirm>
        )}
      </div>
    </div>
  );
}
