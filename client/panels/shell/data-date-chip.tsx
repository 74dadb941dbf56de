/** Always in sight: as of when the data is, and that it is a sample; opens 数据说明. */
import { lazy, Suspense, useState } from 'react';
import { formatDateShort } from '../../i18n/format.ts';
import { useTexts } from '../../i18n/text.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { useWindowWidth } from '../window-width.ts';

const DataInformation = lazy(() => import('../data/data-information.tsx'));

export function DataDateChip() {
  const { dataDate: texts, sampleData } = useTexts();
  const { dataAsOf, hasSampleData } = useLoadedCatalogue();
  const [opened, setOpened] = useState(false);
  const [open, setOpen] = useState(false);
  const write = useWindowWidth() === 'phone' ? texts.chipOnPhone : texts.chip;
  const date = dataAsOf && write(formatDateShort(dataAsOf.newest));
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
        {date ?? texts.noData}
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
