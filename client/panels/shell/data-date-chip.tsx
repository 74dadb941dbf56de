/** Always in sight: as of when the data is, or which past day is shown, and that it is a sample; opens 数据说明. */
import { lazy, Suspense, useState } from 'react';
import { isClosed } from '../../api/readable-layer.ts';
import { formatDateShort } from '../../i18n/format.ts';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { PastDayChip } from '../time/past-day-chip.tsx';

const DataInformation = lazy(() => import('../data/data-information.tsx'));

export function DataDateChip() {
  const { dataDate: texts, sampleData, session } = useTexts();
  const { dataAsOf, hasSampleData, layers } = useLoadedCatalogue();
  const [opened, setOpened] = useState(false);
  const [open, setOpen] = useState(false);
  const asOf = useAppState((state) => state.asOf);
  const date = dataAsOf && formatDateShort(dataAsOf.newest);
  if (asOf !== null) return <PastDayChip day={asOf} isSample={hasSampleData} />;
  return (
    <>
      <button
        type="button"
        className={hasSampleData ? 'date-chip date-chip-sample' : 'date-chip'}
        title={texts.open}
        onClick={() => {
          setOpened(true);
          setOpen(true);
        }}
      >
        {date === null ? (
          layers.some(isClosed) ? (
            session.needsSignIn
          ) : (
            texts.noData
          )
        ) : (
          <>
            <span className="chip-roomy">{texts.chip(date)}</span>
            <span className="chip-tight">{texts.chipOnPhone(date)}</span>
          </>
        )}
        {hasSampleData && ` · ${sampleData}`}
      </button>
      {opened && (
        <Suspense>
          <DataInformation open={open} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
