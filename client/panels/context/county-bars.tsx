/** Completion of each reporting unit, the furthest first, with the change since last month. */
import { formatChange, formatDateShort, formatShare } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { useCountyChoice } from './county-choice.ts';
import { barShare, type Unit, unitsByCompletion } from './progress-figures.ts';

export function CountyBars({ units, comparedWith }: { units: Unit[]; comparedWith: string }) {
  const { context: texts } = useTexts();
  return (
    <section className="city-bars" aria-label={texts.countyRates}>
      <div className="section-head">
        <h3>{texts.countyRates}</h3>
        <span title={texts.changeHint(formatDateShort(comparedWith))}>{texts.againstLastMonth}</span>
      </div>
      <ul>
        {unitsByCompletion(units).map((unit) => (
          <UnitBar key={unit.code} unit={unit} />
        ))}
      </ul>
    </section>
  );
}

function UnitBar({ unit }: { unit: Unit }) {
  const language = useLanguage();
  const name = useWord()(unit.name);
  const chooseCounty = useCountyChoice();
  const { completed, listed } = unit.standing;
  const { countyAdcode } = unit;
  const change = completed.count - unit.previous.completed.count;
  const cells = (
    <>
      <span className="unit-name" title={name}>
        {name}
      </span>
      <span className="bar" aria-hidden="true">
        <span style={{ width: `${barShare(completed.count, listed.count) * 100}%` }} />
      </span>
      <b className="figure">{formatShare(completed.count, listed.count, language, 0)}</b>
      <span className={change === 0 ? 'figure change' : 'figure change change-some'}>
        {formatChange(change, language)}
      </span>
    </>
  );
  return (
    <li>
      {countyAdcode === null ? (
        <div className="unit-bar">{cells}</div>
      ) : (
        <button type="button" className="unit-bar" onClick={() => void chooseCounty(countyAdcode)}>
          {cells}
        </button>
      )}
    </li>
  );
}
