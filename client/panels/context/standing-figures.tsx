/** Two bars (座 and area) and three rates, each with its area rate: the same for city and county. */
import { formatArea, formatNumber, formatShare } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { barShare, type Measure, type Standing, type Step } from './progress-figures.ts';

const steps: Step[] = ['started', 'completed', 'closed'];

export function StandingFigures({ standing, base }: { standing: Standing; base: Measure }) {
  const { context: texts } = useTexts();
  const language = useLanguage();
  const done = standing.completed;
  const areaUnit = base.areaSquareMeters >= 1_000_000 ? 'km2' : 'ha';
  const doneArea = formatArea(done.areaSquareMeters, areaUnit, language);
  const baseArea = formatArea(base.areaSquareMeters, areaUnit, language);

  return (
    <>
      <Bar
        title={texts.completedSites}
        done={formatNumber(done.count, language)}
        of={texts.sites(formatNumber(base.count, language))}
        share={barShare(done.count, base.count)}
      />
      <Bar
        title={texts.completedArea}
        done={doneArea.value}
        of={`${baseArea.value} ${baseArea.unit}`}
        share={barShare(done.areaSquareMeters, base.areaSquareMeters)}
      />
      <dl className="rates">
        {steps.map((step) => (
          <div key={step} className="rate">
            <dt>{texts.rates[step]}</dt>
            <dd>
              <strong>{formatShare(standing[step].count, base.count, language)}</strong>
              <span>
                {texts.byArea(formatShare(standing[step].areaSquareMeters, base.areaSquareMeters, language))}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Bar(props: { title: string; done: string; of: string; share: number }) {
  return (
    <div className="bar-figure">
      <div className="bar-words">
        <span>{props.title}</span>
        <b className="figure">
          {props.done} / {props.of}
        </b>
      </div>
      <div className="bar bar-thick" aria-hidden="true">
        <span style={{ width: `${props.share * 100}%` }} />
      </div>
    </div>
  );
}
