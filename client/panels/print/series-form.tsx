/** 图册: one page a county or a site, as one PDF or a zip of files. */
import { Button } from 'antd';
import { type SheetFormat, type SheetSpec, sheetFormats } from '../../../geodata/contract/sheets.ts';
import { useOrderSheet } from '../../api/sheets.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useTexts } from '../../i18n/text.ts';
import { compactSheet } from '../../state/sheet-link.ts';
import { explainFailure } from '../explain-failure.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { FieldRow } from './field-row.tsx';
import { PrintSection } from './print-section.tsx';
import { usePrintState } from './print-state.ts';
import { pageOfSeries, type SeriesChoice, seriesOf } from './series-order.ts';
import { useSeriesSubjects } from './use-series-subjects.ts';

export function SeriesForm(props: { sheet: SheetSpec; isBlocked: boolean }) {
  const { series: texts } = useSheetTexts();
  return (
    <PrintSection title={texts.title}>
      <SeriesFields {...props} />
    </PrintSection>
  );
}

function SeriesFields({ sheet, isBlocked }: { sheet: SheetSpec; isBlocked: boolean }) {
  const { series: texts, formats, job, blocked } = useSheetTexts();
  const allTexts = useTexts();
  const { region } = useLoadedCatalogue();
  const { dpi, series: choice, seriesFile, setSeries, setSeriesFile, setJob } = usePrintState();
  const { subjects, options, firstSite } = useSeriesSubjects(sheet);
  const order = useOrderSheet();
  const wanted = options.some(({ which, by }) => which === choice.which && by === choice.by)
    ? choice
    : fallback(choice);
  const pages = seriesOf(wanted, subjects);
  const first = wanted.by === 'county' ? region.counties[0]?.adcode : firstSite;
  const start = () => {
    if (pages === null || first === undefined || first === null) return;
    order.mutate(
      {
        spec: compactSheet(pageOfSeries(wanted, sheet, first)),
        format: seriesFile.format,
        pageFormat: seriesFile.pageFormat,
        dpi,
        series: pages,
      },
      { onSuccess: ({ id }) => setJob(id) },
    );
  };
  const failure = order.error && explainFailure(order.error, allTexts);
  return (
    <>
      <p className="quiet">{texts.intro}</p>
      <FieldRow label={texts.by}>
        {(id) => (
          <select
            id={id}
            value={wanted.by}
            onChange={({ target }) =>
              setSeries(
                target.value === 'site' ? { by: 'site', which: 'all' } : { by: 'county', which: 'all' },
              )
            }
          >
            <option value="county">{texts.bys.county}</option>
            <option value="site">{texts.bys.site}</option>
          </select>
        )}
      </FieldRow>
      <FieldRow label={texts.which}>
        {(id) => (
          <select
            id={id}
            value={wanted.which}
            onChange={({ target }) => setSeries({ by: wanted.by, which: target.value } as SeriesChoice)}
          >
            {options
              .filter(({ by }) => by === wanted.by)
              .map(({ which, label }) => (
                <option key={which} value={which}>
                  {label}
                </option>
              ))}
          </select>
        )}
      </FieldRow>
      <FieldRow label={texts.as}>
        {(id) => (
          <select
            id={id}
            value={seriesFile.format}
            onChange={({ target }) => setSeriesFile({ format: target.value === 'zip' ? 'zip' : 'pdf' })}
          >
            <option value="pdf">{texts.files.pdf}</option>
            <option value="zip">{texts.files.zip}</option>
          </select>
        )}
      </FieldRow>
      {seriesFile.format === 'zip' && (
        <FieldRow label={texts.pageFormat}>
          {(id) => (
            <select
              id={id}
              value={seriesFile.pageFormat}
              onChange={({ target }) => setSeriesFile({ pageFormat: target.value as SheetFormat })}
            >
              {sheetFormats.map((each) => (
                <option key={each} value={each}>
                  {formats[each]}
                </option>
              ))}
            </select>
          )}
        </FieldRow>
      )}
      {failure !== null && (
        <p role="alert" className="alert-ink">
          {job.notSent}: {failure.what} {failure.todo !== failure.what && failure.todo}
        </p>
      )}
      <Button disabled={pages === null || !first || isBlocked || order.isPending} onClick={start}>
        {texts.start}
      </Button>
      {isBlocked && <p className="quiet">{blocked}</p>}
    </>
  );
}

function fallback({ by }: SeriesChoice): SeriesChoice {
  return by === 'county' ? { by, which: 'all' } : { by, which: 'all' };
}
