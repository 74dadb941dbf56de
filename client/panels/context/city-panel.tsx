/** How far the whole city has come. */
import type { ProgressResponse } from '../../../geodata/contract/progress.ts';
import { formatArea, formatDateLong, formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { Attention } from './attention.tsx';
import { CountingRules } from './counting-rules.tsx';
import { CountyBars } from './county-bars.tsx';
import { FilteredFigures } from './filtered-figures.tsx';
import { differenceFromBase, type Measure, rateBase } from './progress-figures.ts';
import { StandingFigures } from './standing-figures.tsx';

export function CityPanel({ progress }: { progress: ProgressResponse }) {
  const texts = useTexts();
  const word = useWord();
  const language = useLanguage();
  const { region } = useLoadedCatalogue();
  const filtered = useAppState((state) => state.filter[MINE_LAYER] !== undefined);
  const { campaign, total } = progress;
  return (
    <>
      <header className="context-head">
        <h2>{texts.context.cityTitle(word(region.title))}</h2>
        <CountingRules progress={progress} />
      </header>
      <p className="context-date">
        {texts.context.asOf(formatDateLong(progress.asOf, language))}
        {progress.hasSampleData && <span className="sample-mark">{texts.sampleData}</span>}
      </p>
      <StandingFigures standing={total} base={rateBase(campaign?.base ?? null, total)} />
      <Attention rectifyingCount={total.rectifying.count} overdueCount={progress.overdue.count} />
      {filtered ? (
        <FilteredFigures listedCount={total.listed.count} />
      ) : (
        <CountyBars units={progress.byUnit} comparedWith={progress.comparedWith} />
      )}
      {campaign && <Ledger base={campaign.base} standing={total} />}
    </>
  );
}

function Ledger({ base, standing }: { base: Measure; standing: ProgressResponse['total'] }) {
  const { context: texts } = useTexts();
  const rows: [string, Measure][] = [
    [texts.assigned, base],
    [texts.listed, standing.listed],
    [texts.difference, differenceFromBase(base, standing)],
    [texts.excluded, standing.excluded],
  ];
  return (
    <section className="ledger" aria-label={texts.ledger}>
      <h3>{texts.ledger}</h3>
      <table>
        <tbody>
          {rows.map(([title, measure]) => (
            <LedgerRow key={title} title={title} measure={measure} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LedgerRow({ title, measure }: { title: string; measure: Measure }) {
  const { context: texts } = useTexts();
  const language = useLanguage();
  const area = formatArea(measure.areaSquareMeters, 'km2', language);
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className="figure">{texts.sites(formatNumber(measure.count, language))}</td>
      <td className="figure">
        {area.value} {area.unit}
      </td>
    </tr>
  );
}
