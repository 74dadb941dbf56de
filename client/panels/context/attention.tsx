/** What needs attention, with counts and, for what is late, by how many months; a click lists those sites. */
import type { FigureId } from '../../../geodata/contract/progress.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import type { FigureQuery } from '../../state/app-state.ts';
import { FigureButton } from './figure-button.tsx';
import type { Attention as Attentions, Measure, Standing } from './progress-figures.ts';

type Row = { figure: FigureId; measure: Measure; steps: Attentions['silent']['steps'] };

/** `county` undefined: of the whole city. */
export function Attention(props: { attention: Attentions; standing: Standing; county?: string | undefined }) {
  const { context: texts, progress } = useTexts();
  const language = useLanguage();
  const { returned, waits_county, waits_city, silent, overdue } = props.attention;
  const rows: Row[] = [
    { figure: 'returned', measure: returned, steps: [] },
    { figure: 'silent', measure: silent, steps: silent.steps },
    { figure: 'overdue', measure: overdue, steps: overdue.steps },
    { figure: 'rectifying', measure: props.standing.rectifying, steps: [] },
    { figure: 'waits_county', measure: waits_county, steps: [] },
    { figure: 'waits_city', measure: waits_city, steps: [] },
  ];
  const shown = rows.filter(({ measure }) => measure.count > 0);
  const queryOf = (figure: FigureId, months?: number): FigureQuery => ({
    figure,
    ...(props.county === undefined ? {} : { county: props.county }),
    ...(months === undefined ? {} : { months }),
  });
  return (
    <section className="attention" aria-label={texts.attention}>
      <h3>{texts.attention}</h3>
      {shown.length === 0 && <p className="quiet">{texts.nothing}</p>}
      <div className="attention-rows">
        {shown.map(({ figure, measure, steps }) => (
          <div key={figure} className="attention-item">
            <FigureButton query={queryOf(figure)} className="attention-row">
              <span className={`attention-mark attention-mark-${figure}`} aria-hidden="true" />
              <span>{progress.figures[figure].title}</span>
              <b className="figure">{texts.sites(formatNumber(measure.count, language))}</b>
            </FigureButton>
            {steps.length > 1 && (
              <p className="attention-steps">
                {steps.map(({ months, count }) => (
                  <FigureButton key={months} query={queryOf(figure, months)}>
                    {progress.step(formatNumber(months, language), formatNumber(count, language))}
                  </FigureButton>
                ))}
              </p>
            )}
            {steps.length === 1 && (
              <p className="attention-steps quiet">{progress.months(String(steps[0]?.months))}</p>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}
