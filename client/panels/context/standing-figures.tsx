/** Two bars (座 and area), three rates, each with its area rate, and the treated area apart: the same for city and county. */
import type { ReactNode } from 'react';
import { formatArea, formatNumber, formatShare } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import type { FigureQuery } from '../../state/app-state.ts';
import { FigureButton } from './figure-button.tsx';
import { barShare, type Measure, type Standing, type Step } from './progress-figures.ts';

const steps: Step[] = ['started', 'completed', 'closed'];

/** `county` undefined: of the whole city. */
export function StandingFigures(props: { standing: Standing; base: Measure; county?: string | undefined }) {
  const { standing, base, county } = props;
  const { context: texts, progress } = useTexts();
  const language = useLanguage();
  const done = standing.completed;
  const areaUnit = base.areaSquareMeters >= 1_000_000 ? 'km2' : 'ha';
  const doneArea = formatArea(done.areaSquareMeters, areaUnit, language);
  const baseArea = formatArea(base.areaSquareMeters, areaUnit, language);
  const treated = formatArea(standing.treated.areaSquareMeters, areaUnit, language);
  const of = (figure: FigureQuery['figure']): FigureQuery =>
    county === undefined ? { figure } : { figure, county };

  return (
    <>
      <Bar title={texts.completedSites} share={barShare(done.count, base.count)}>
        <FigureButton query={of('completed')}>{formatNumber(done.count, language)}</FigureButton> /{' '}
        {texts.sites(formatNumber(base.count, language))}
      </Bar>
      <Bar title={texts.completedArea} share={barShare(done.areaSquareMeters, base.areaSquareMeters)}>
        <FigureButton query={of('completed')}>{doneArea.value}</FigureButton> / {baseArea.value}{' '}
        {baseArea.unit}
      </Bar>
      <dl className="rates">
        {steps.map((step) => (
          <div key={step} className="rate">
            <dt>{texts.rates[step]}</dt>
            <dd>
              <FigureButton query={of(step)}>
                <strong>{formatShare(standing[step].count, base.count, language)}</strong>
                <span>
                  {texts.byArea(
                    formatShare(standing[step].areaSquareMeters, base.areaSquareMeters, language),
                  )}
                </span>
              </FigureButton>
            </dd>
          </div>
        ))}
      </dl>
      <p className="treated-figure">
        <span>{progress.figures.treated.title}</span>
        <FigureButton query={of('treated')}>
          <b className="figure">
            {treated.value} {treated.unit}
          </b>
        </FigureButton>
      </p>
    </>
  );
}

function Bar(props: { title: string; share: number; children: ReactNode }) {
  return (
    <div className="bar-figure">
      <div className="bar-words">
        <span>{props.title}</span>
        <b className="figure">{props.children}</b>
      </div>
      <div className="bar bar-thick" aria-hidden="true">
        <span style={{ width: `${props.share * 100}%` }} />
      </div>
    </div>
  );
}
