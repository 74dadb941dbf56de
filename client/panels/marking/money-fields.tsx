/** 投资 in 万元: this month and to date; planned, in place and by source where one wants. */
import { fundSources } from '../../../geodata/contract/marking.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { type MoneyField, moneyFields } from './draft.ts';
import { readValue } from './field-words.ts';
import { useMarkingContext } from './marking-context.ts';
import { NumberField } from './number-field.tsx';

export function MoneyFields() {
  const texts = useMarkingTexts();
  const { draft } = useMarkingContext();
  const further = moneyFields.slice(2);
  const isFilled =
    further.some((name) => draft.money[name] !== '') ||
    fundSources.some((name) => draft.bySource[name] !== '');
  return (
    <>
      <Money name="thisPeriod" />
      <Money name="toDate" />
      <details className="mark-more" open={isFilled || undefined}>
        <summary>{texts.form.moreFunds}</summary>
        {further.map((name) => (
          <Money key={name} name={name} />
        ))}
        {fundSources.map((name) => (
          <Source key={name} name={name} />
        ))}
      </details>
    </>
  );
}

function Money({ name }: { name: MoneyField }) {
  const texts = useMarkingTexts();
  const { site, draft, change } = useMarkingContext();
  const before = usePrevious(`investment.${name}`, site.previous?.answer.investment?.[name]);
  return (
    <NumberField
      field={`answer.investment.${name}`}
      title={texts.fields.investment[name]}
      unit={texts.form.money10k}
      value={draft.money[name]}
      previous={before}
      change={(text) => change({ money: { ...draft.money, [name]: text } })}
    />
  );
}

function Source({ name }: { name: (typeof fundSources)[number] }) {
  const texts = useMarkingTexts();
  const { site, draft, change } = useMarkingContext();
  const path = `investment.bySource.${name}`;
  const before = usePrevious(path, site.previous?.answer.investment?.bySource?.[name]);
  return (
    <NumberField
      field={`answer.${path}`}
      title={texts.fields.investment.bySource[name]}
      unit={texts.form.money10k}
      value={draft.bySource[name]}
      previous={before}
      change={(text) => change({ bySource: { ...draft.bySource, [name]: text } })}
    />
  );
}

function usePrevious(path: string, value: number | undefined): string {
  const texts = useMarkingTexts();
  const language = useLanguage();
  return value === undefined
    ? texts.form.noLastMonth
    : texts.form.lastMonth(readValue(path, value, { texts, language }));
}
