/** How far the whole city has come. */
import type { ProgressResponse } from '../../../geodata/contract/progress.ts';
import { formatArea, formatDateLong, formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { type FigureQuery, useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { Attention } from './attention.tsx';
import { CopySentence } from './copy-sentence.tsx';
import { CountingRules } from './counting-rules.tsx';
import { CountyBars } from './county-bars.tsx';
import { FigureButton } from './figure-button.tsx';
import { FilteredFigures } from './filtered-figures.tsx';
import { PhaseBar } from './phase-bar.tsx';
import { differenceFromBase, type Measure, rateBase, type Standing } from './progress-figures.ts';
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
        <CopySentence
          told={{
            place: word(region.title),
            asOf: progress.asOf,
            base: campaign?.base ?? null,
            standing: total,
            previous: progress.previousTotal,
            attention: progress.attention,
            areaBasis: texts.context.areaBasis[campaign?.areaBasis ?? 'declared'],
            isSample: progress.hasSampleData,
          }}
        />
      </p>
      <StandingFigures standing={total} base={rateBase(campaign?.base ?? null, total)} />
      <PhaseBar byStatus={progress.byStatus} />
      <Attention attention={progress.attention} standing={total} />
      {filtered ? (
        <FilteredFigures listedCount={total.listed.count} />
      ) : (
        <CountyBars units={progress.byUnit} comparedWith={progress.comparedWith} />
      )}
      {campaign && <Ledger base={campaign.base} standing={total} />}
    </>
  );
}

function Ledger({ base, standing }: { base: Measure; standing: Standing }) {
  const { context: texts } = useTexts();
  return (
    <section className="ledger" aria-label={texts.ledger}>
      <h3>{texts.ledger}</h3>
      <table>
        <tbody>
          <LedgerRow title={texts.assigned} measure={base} />
          <LedgerRow title={texts.listed} measure={standing.listed} figure="listed" />
          <LedgerRow title={texts.difference} measure={differenceFromBase(base, standing)} />
          <LedgerRow title={texts.excluded} measure={standing.excluded} figure="excluded" />
        </tbody>
      </table>
    </section>
  );
}

function LedgerRow(props: { title: string; measure: Measure; figure?: FigureQuery['figure'] }) {
  const { context: texts } = useTexts();
  const language = useLanguage();
  const area = formatArea(props.measure.areaSquareMeters, 'km2', language);
  const sites = texts.sites(formatNumber(props.measure.count, language));
  return (
    <tr>
      <th scope="row">{props.title}</th>
      <td className="figure">
        {props.figure ? <FigureButton query={{ figure: props.figure }}>{sites}</FigureButton> : sites}
      </td>
      <td className="figure">
        {area.value} {area.unit}
      </td>
    </tr>
  );
}
