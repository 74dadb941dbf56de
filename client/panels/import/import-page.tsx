/** 入库: the wizard that brings a delivered file into a layer. Loaded when opened; the job lives on the service. */
import '../../styles/import.css';
import '../../styles/import-inspect.css';
import '../../styles/import-fields.css';
import '../../styles/import-report.css';
import { can } from '../../../geodata/domain/can.ts';
import { useSession } from '../../api/session.ts';
import { useTexts } from '../../i18n/text.ts';
import { NEW_IMPORT, useAppState } from '../../state/app-state.ts';
import { ClosedNote } from '../account/closed-note.tsx';
import { RequestNotice } from '../request-notice.tsx';
import { FileStep } from './file-step.tsx';
import { JobWizard } from './job-wizard.tsx';
import { WizardFrame } from './wizard-frame.tsx';

export default function ImportPage({ importJob }: { importJob: string }) {
  const texts = useTexts();
  const session = useSession();
  const setImportJob = useAppState((state) => state.setImportJob);
  if (session.data === undefined) {
    return (
      <WizardFrame step="file">
        {session.error ? (
          <RequestNotice
            title={texts.imports.failed.load}
            error={session.error}
            retry={() => void session.refetch()}
          />
        ) : (
          <p role="status">{texts.loading}</p>
        )}
      </WizardFrame>
    );
  }
  if (!can(session.data.account, 'import')) {
    return (
      <WizardFrame step={null}>
        <div className="notice">
          <strong>{texts.imports.notAllowed}</strong>
          <ClosedNote text={importJob === NEW_IMPORT ? texts.imports.notAllowedWhy : texts.session.ended} />
        </div>
      </WizardFrame>
    );
  }
  if (importJob === NEW_IMPORT) {
    return (
      <WizardFrame step="file">
        <FileStep uploaded={setImportJob} />
      </WizardFrame>
    );
  }
  return <JobWizard key={importJob} id={importJob} />;
}
