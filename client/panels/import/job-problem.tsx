/** Why a job went no further, that the layer is untouched, and the ways on. */
import { Button } from 'antd';
import type { ImportJob } from '../../../geodata/contract/imports.ts';
import type { JobCommands } from '../../api/imports.ts';
import { useTexts } from '../../i18n/text.ts';
import { NEW_IMPORT, useAppState } from '../../state/app-state.ts';
import { useServiceWord } from './screen-words.ts';

/** Choices that are made again where a file could not be read with them. */
const readChoices = ['crs', 'encoding', 'part'] as const;

export function JobProblem({ job, command }: { job: ImportJob; command: JobCommands }) {
  const { imports: texts } = useTexts();
  const word = useServiceWord();
  const setImportJob = useAppState((state) => state.setImportJob);
  const cancelled = job.state === 'cancelled';
  const unreadable = job.inspection === null;
  const chosen = readChoices.filter((choice) => job.settings[choice]);
  return (
    <div className={cancelled ? 'notice import-problem' : 'notice notice-error import-problem'} role="alert">
      <strong>{cancelled ? texts.failed.cancelled : texts.failed.title}</strong>
      <p>
        {job.problem && word(job.problem.text)} {texts.failed.untouched}
      </p>
      <div className="import-actions">
        {unreadable && chosen.length > 0 && (
          <Button
            type="primary"
            loading={command.isPending}
            onClick={() =>
              command.mutate({
                run: 'set',
                settings: Object.fromEntries(chosen.map((choice) => [choice, ''])),
              })
            }
          >
            {texts.failed.undoChoices}
          </Button>
        )}
        {unreadable && cancelled && chosen.length === 0 && (
          <Button loading={command.isPending} onClick={() => command.mutate({ run: 'set', settings: {} })}>
            {texts.failed.readAgain}
          </Button>
        )}
        <Button onClick={() => setImportJob(NEW_IMPORT)}>{texts.anew}</Button>
      </div>
    </div>
  );
}
