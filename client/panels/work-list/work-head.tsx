/** How far the month is: 已报 8 · 还剩 9 · 截止 9月30日; of a level of review, what waits. */
import type { WorkList } from '../../../geodata/contract/work-list.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { readMonth } from '../marking/field-words.ts';
import { monthWord } from './work-words.ts';

export function WorkHead({ list }: { list: WorkList }) {
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
      <strong>{texts.owed(monthWord(period, language), number(counts.owed))}</strong>
      <span className="figure-left">{texts.counts(number(counts.reported), number(counts.left), due)}</span>
      <span className="work-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {counts.returned > 0 && (
        <span className="work-returned">{texts.returned(number(counts.returned))}</span>
      )}
    </div>
  );
}
