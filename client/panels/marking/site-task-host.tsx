/** The form of a site that is open, whatever page is underneath. Loaded when the first one is opened. */
import '../../styles/marking.css';
import '../../styles/evidence.css';
import '../../styles/site.css';
import '../../styles/work.css';
import { useEffect, useState } from 'react';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useAppState } from '../../state/app-state.ts';
import { goOnAfter } from '../review/go-on.ts';
import { CorrectForm } from './correct-form.tsx';
import { DecideForm } from './decide-form.tsx';
import { MarkingForm } from './marking-form.tsx';
import { ReviewForm } from './review-form.tsx';

const NOTE_MS = 6_000;

export default function SiteTaskHost() {
  const texts = useMarkingTexts();
  const task = useAppState((state) => state.siteTask);
  const setTask = useAppState((state) => state.setSiteTask);
  const [note, setNote] = useState('');
  useEffect(() => {
    if (note === '') return;
    const timer = setTimeout(() => setNote(''), NOTE_MS);
    return () => clearTimeout(timer);
  }, [note]);
  const close = () => setTask(null);
  const done = (words: string) => {
    setNote(words);
    close();
  };
  return (
    <>
      {task !== null && (task.do === 'report' || task.do === 'no_progress') && (
        <MarkingForm
          key={task.code}
          code={task.code}
          period={task.period}
          noProgress={task.do === 'no_progress'}
          close={close}
          done={() => done(texts.form.submitted)}
        />
      )}
      {task?.do === 'review' && (
        <ReviewForm
          key={`${task.code}/${task.period ?? ''}`}
          code={task.code}
          period={task.period}
          close={close}
          done={(decision, period) => {
            setNote(decision === 'pass' ? texts.review.passed : texts.review.returned);
            if (!goOnAfter({ code: task.code, period })) close();
          }}
        />
      )}
      {task?.do === 'decide' && (
        <DecideForm
          key={`${task.code}/${task.to}`}
          code={task.code}
          to={task.to}
          close={close}
          done={() => done(texts.decide.done)}
        />
      )}
      {task?.do === 'correct' && (
        <CorrectForm key={task.code} code={task.code} close={close} done={() => done(texts.decide.done)} />
      )}
      <p className={note === '' ? 'task-note' : 'task-note task-note-shown'} role="status">
        {note}
      </p>
    </>
  );
}
