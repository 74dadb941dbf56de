/** The service does not know the job of this address: it was started anew, or the job has ended. */
import { Button } from 'antd';
import { useTexts } from '../../i18n/text.ts';
import { NEW_IMPORT, useAppState } from '../../state/app-state.ts';

export function LostJob() {
  const { imports: texts } = useTexts();
  const setImportJob = useAppState((state) => state.setImportJob);
  return (
    <div className="notice" role="alert">
      <strong>{texts.failed.lost}</strong>
      <p>{texts.failed.lostDetail}</p>
      <Button type="primary" onClick={() => setImportJob(NEW_IMPORT)}>
        {texts.anew}
      </Button>
    </div>
  );
}
