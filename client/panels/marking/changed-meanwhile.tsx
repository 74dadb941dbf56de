/** What others have changed since a reviewer began to look: each field before and now, then on from there. */
import { Button } from 'antd';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { fieldTitle, readValue } from './field-words.ts';
import { valuesOfSite } from './site-values.ts';

export function ChangedMeanwhile(props: { before: MineSite; current: MineSite; goOn: () => void }) {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const before = valuesOfSite(props.before);
  const now = valuesOfSite(props.current);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (field) => before[field] !== now[field],
  );
  const reading = { texts, language };
  return (
    <div className="mark-warning" role="alert">
      <strong>{texts.conflict.title}</strong>
      {props.current.report && <p>{texts.report.states[props.current.report.state]}</p>}
      <ul>
        {fields.map((field) => (
          <li key={field}>
            {fieldTitle(field, texts)}: {readValue(field, before[field], reading)} →{' '}
            {readValue(field, now[field], reading)}
          </li>
        ))}
      </ul>
      <Button size="small" onClick={props.goOn}>
        {texts.conflict.goOn}
      </Button>
    </div>
  );
}
