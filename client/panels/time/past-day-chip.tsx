/** In place of the date of the data while a past day is shown: which, and the way back to now. */
import { CloseOutlined } from '@ant-design/icons';
import { formatDateShort } from '../../i18n/format.ts';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';

export function PastDayChip({ day, isSample }: { day: string; isSample: boolean }) {
  const { progress: texts, sampleData } = useTexts();
  const { setAsOf } = useAppState.getState();
  return (
    <button
      type="button"
      className="date-chip date-chip-past"
      title={texts.toNow}
      aria-label={`${texts.pastDay} ${formatDateShort(day)}${isSample ? ` · ${sampleData}` : ''}: ${texts.toNow}`}
      onClick={() => setAsOf(null)}
    >
      <span className="chip-roomy">
        {texts.pastDay} {formatDateShort(day)}
      </span>
      <span className="chip-tight">{formatDateShort(day)}</span>
      {isSample && ` · ${sampleData}`} <CloseOutlined />
    </button>
  );
}
