/** Completion of each county with the zones in it, the furthest first, with the change since last month. */
import { formatChange, formatDateShort, formatShare } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { useCountyChoice } from './county-choice.ts';
import { barShare, type Place, placesByCompletion, type Unit } from './progress-figures.ts';

export function CountyBars({ units, comparedWith }: { units: Unit[]; comparedWith: string }) {
  const { context: texts } = useTexts();
  return (
    <section className="city-bars" aria-label={texts.countyRates}>
      <div className="section-head">
        <h3>{texts.countyRates}</h3>
        <span title={texts.changeHint(formatDateShort(comparedWith))}>{texts.againstLastMonth}</span>
      </div>
      <ul>
        {placesByCompletion(units).map((place) => (
          <PlaceBar key={place.adcode ?? place.name.zh} place={place} />
        ))}
      </ul>
    </section>
  );
}

function PlaceBar({ place }: { place: Place }) {
  const language = useLanguage();
  const name = useWord()(place.name);
  const chooseCounty = useCountyChoice();
  const { completed, listed } = place.standing;
  const { adcode } = place;
  const change = completed.count - place.previous.completed.count;
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
      {adcode === null ? (
        <div className="unit-bar">{cells}</div>
      ) : (
        <button type="button" className="unit-bar" onClick={() => void chooseCounty(adcode)}>
          {cells}
        </button>
      )}
    </li>
  );
}
