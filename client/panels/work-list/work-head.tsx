/** How far the month is: 已报 8 · 还剩 9 · 截止 9月30日; of a level of review, what waits. An earlier month can be made up for. */
import { Select } from 'antd';
import type { WorkList } from '../../../geodata/contract/work-list.ts';
import { monthsBack } from '../../../geodata/domain/period.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { readMonth } from '../marking/field-words.ts';
import { useWorkState } from './work-state.ts';
import { monthWord } from './work-words.ts';

/** How many months can be looked back at. */
const MONTHS = 12;

export function WorkHead({ list, present }: { list: WorkList; present: string }) {
  const texts = useWorkTexts();
  const language = useLanguage();
  const number = (value: number) => formatNumber(value, language);
  const { counts, dueOn, period } = list;
  if (list.level !== 'unit') {
    const decisions = list.items.filter(({ waitsFor }) => waitsFor === 'decision').length;
    return (
      <p className="work-head">
        <strong>{readMonth(period, language)}</strong>
        <span className="figure-left">
          {texts.reviewCounts(number(list.items.length - decisions), number(decisions))}
        </span>
      </p>
    );
  }
  const [, month = '', day = ''] = dueOn.split('-');
  const due = texts.dayOfMonth(String(Number(month)), String(Number(day)));
  const share = counts.owed === 0 ? 1 : counts.reported / counts.owed;
  return (
    <div className="work-head">
      <MonthChoice list={list} present={present} />
      <span className="figure-left">{texts.counts(number(counts.reported), number(counts.left), due)}</span>
      <span className="work-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {period !== present && <PastMonth period={period} present={present} />}
      {counts.returned > 0 && (
        <span className="work-returned">{texts.returned(number(counts.returned))}</span>
      )}
    </div>
  );
}

/** The title of the list is where its month is chosen. */
function MonthChoice({ list: { period, counts }, present }: { list: WorkList; present: string }) {
  const texts = useWorkTexts();
  const language = useLanguage();
  const setPeriod = useWorkState((state) => state.setPeriod);
  return (
    <Select
      className="work-month"
      variant="borderless"
      size="small"
      aria-label={texts.monthLabel}
      popupMatchSelectWidth={false}
      value={period}
      labelRender={() => (
        <strong>{texts.owed(monthWord(period, language), formatNumber(counts.owed, language))}</strong>
      )}
      onChange={(month) => setPeriod(month === present ? null : month)}
      options={monthsBack(present, MONTHS).map((month) => ({
        value: month,
        label: readMonth(month, language),
      }))}
    />
  );
}

function PastMonth({ period, present }: { period: string; present: string }) {
  const texts = useWorkTexts();
  const language = useLanguage();
  const setPeriod = useWorkState((state) => state.setPeriod);
  return (
    <span className="work-past" role="status">
      {texts.pastMonth(readMonth(period, language))}{' '}
      <button type="button" className="link-button" onClick={() => setPeriod(null)}>
        {texts.toPresent(readMonth(present, language))}
      </button>
    </span>
  );
}
