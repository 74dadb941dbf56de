/** Orders the sheet at hand as a file, and shows the order that is under way. */
import { Button } from 'antd';
import { type SheetFormat, type SheetSpec, sheetDpi } from '../../../geodata/contract/sheets.ts';
import { useOrderSheet } from '../../api/sheets.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useTexts } from '../../i18n/text.ts';
import { compactSheet } from '../../state/sheet-link.ts';
import { explainFailure } from '../explain-failure.ts';
import { JobProgress } from './job-progress.tsx';
import { usePrintState } from './print-state.ts';

const formats: SheetFormat[] = ['pdf', 'png', 'svg'];
const resolutions = [96, 150, 200, 300].filter((dpi) => dpi >= sheetDpi.least && dpi <= sheetDpi.most);

export function DownloadBar(props: { sheet: SheetSpec; isReady: boolean; isBlocked: boolean }) {
  const texts = useSheetTexts();
  const allTexts = useTexts();
  const { jobId, dpi, setDpi, setJob } = usePrintState();
  const order = useOrderSheet();
  const start = (format: SheetFormat) =>
    order.mutate(
      { spec: compactSheet(props.sheet), format, dpi, pageFormat: 'pdf' },
      { onSuccess: ({ id }) => setJob(id) },
    );
  const failure = order.error && explainFailure(order.error, allTexts);
  return (
    <footer className="download-bar">
      {jobId !== null && <JobProgress key={jobId} id={jobId} />}
      {failure !== null && (
        <p role="alert" className="alert-ink">
          {texts.job.notSent}: {failure.what} {failure.todo !== failure.what && failure.todo}
        </p>
      )}
      <div className="download-buttons">
        <strong>{texts.download}</strong>
        {formats.map((format, index) => (
          <Button
            key={format}
            type={index === 0 ? 'primary' : 'default'}
            disabled={!props.isReady || props.isBlocked || order.isPending}
            title={props.isBlocked ? texts.blocked : undefined}
            onClick={() => start(format)}
          >
            {texts.formats[format]}
          </Button>
        ))}
        <select
          aria-label={texts.dpi}
          className="dpi-choice"
          value={dpi}
          onChange={({ target }) => setDpi(Number(target.value))}
        >
          {resolutions.map((each) => (
            <option key={each} value={each}>
              {texts.dpiOf(String(each))}
            </option>
          ))}
        </select>
      </div>
      {props.isBlocked && <p className="quiet">{texts.blocked}</p>}
    </footer>
  );
}
