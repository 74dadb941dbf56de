/** What went wrong with a request, what to do, and a button to try again. */
import { Button } from 'antd';
import { useTexts } from '../i18n/text.ts';
import { explainFailure } from './explain-failure.ts';

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
