/** Which of the selected sites the order is for, and which it is not for and why. */
import { statuses } from '../../../geodata/domain/workflow.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { readMonth } from '../marking/field-words.ts';
import type { SetTargets } from './set-task.ts';

/** `isReview`: reports are accepted, so that doubts about them matter. */
export function SetPreview({ targets, isReview }: { targets: SetTargets; isReview: boolean }) {
  const { set: texts } = useWorkTexts();
  const language = useLanguage();
  const word = useWord();
  const { able, unable } = targets;
  const flagged = isReview ? able.filter(({ flags }) => flags.length > 0).length : 0;
  const number = (value: number) => formatNumber(value, language);
  const whyWords = ({ item, why }: SetTargets['unable'][number]) => {
    if (why === 'other_month') return texts.why.other_month(readMonth(item.period, language));
    if (why === 'wrong_status') return texts.why.wrong_status(word(statuses[item.status].title));
    return texts.why[why];
  };
  return (
    <section className="set-preview">
      {able.length === 0 && <p>{texts.noneAble}</p>}
      {able.length > 0 && (
        <details className="mark-more" open={able.length <= 8}>
          <summary>{texts.able(number(able.length))}</summary>
          <ul className="set-sites">
            {able.map(({ code, name, unit }) => (
              <li key={code}>
                {name} <span className="quiet">{language === 'zh-CN' ? unit.name : unit.nameEn}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {flagged > 0 && <p className="work-line-flagged">{texts.flagged(number(flagged))}</p>}
      {unable.length > 0 && (
        <div className="set-unable">
          <strong>{texts.unable(number(unable.length))}</strong>
          <p className="quiet">{texts.unableWhy}</p>
          <ul className="set-sites">
            {unable.map((each) => (
              <li key={each.item.code}>
                {each.item.name} <span className="quiet">{whyWords(each)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
