/** What went wrong with a request, what to do, and a button to try again. */
import { Button } from 'antd';
import { RequestError } from '../api/request.ts';
import { useTexts } from '../i18n/text.ts';
import type { Texts } from '../i18n/zh.ts';

/** The sentence for a reader, from whatever was thrown. */
export function explainFailure(error: unknown, { errors }: Texts): { what: string; todo: string } {
  if (!(error instanceof RequestError)) return { what: String(error), todo: errors.unexpectedDo };
  const { failure } = error;
  if (failure.cause === 'unreachable') return { what: errors.unreachable, todo: errors.unreachableDo };
  if (failure.cause === 'unexpected') {
    return { what: `${errors.unexpected} (${failure.reason})`, todo: errors.unexpectedDo };
  }
  return { what: failure.problem.title, todo: failure.problem.detail ?? '' };
}

export function RequestNotice(props: { title: string; error: unknown; retry: () => void }) {
  const texts = useTexts();
  const { what, todo } = explainFailure(props.error, texts);
  return (
    <div className="notice notice-error" role="alert">
      <strong>{props.title}</strong>
      <p>
        {what}
        {todo !== '' && what !== todo && <br />}
        {todo !== what && todo}
      </p>
      <Button size="small" onClick={props.retry}>
        {texts.retry}
      </Button>
    </div>
  );
}
