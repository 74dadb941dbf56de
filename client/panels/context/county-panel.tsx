/** How far one county has come: its own reporting unit and the zones in it. */
import { ArrowLeftOutlined } from '@ant-design/icons';
import type { ProgressResponse } from '../../../geodata/contract/progress.ts';
import { formatChange, formatDateLong, formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useCountyName } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { Attention } from './attention.tsx';
import { CopySentence } from './copy-sentence.tsx';
import { CountingRules } from './counting-rules.tsx';
import { useCountyChoice } from './county-choice.ts';
import { FilteredFigures } from './filtered-figures.tsx';
import { addAttentions, placesOf } from './progress-figures.ts';
import { StandingFigures } from './standing-figures.tsx';

export function CountyPanel({ progress, adcode }: { progress: ProgressResponse; adcode: string }) {
  const texts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const countyName = useCountyName();
  const chooseCounty = useCountyChoice();
  const filtered = useAppState((state) => state.filter[MINE_LAYER] !== undefined);
  const figures = placesOf(progress.byUnit).find((place) => place.adcode === adcode);
  const attention = figures && addAttentions(figures.units.map((unit) => unit.attention));

  return (
    <>
      <button type="button" className="link-button back-button" onClick={() => void chooseCounty(null)}>
        <ArrowLeftOutlined /> {texts.context.backToCity}
      </button>
      <header className="context-head">
        <h2>{countyName(adcode)}</h2>
        <CountingRules progress={progress} />
      </header>
      <p className="context-date">
        {texts.context.asOf(formatDateLong(progress.asOf, language))}
        {progress.hasSampleData && <span className="sample-mark">{texts.sampleData}</span>}
        {figures && attention && (
          <CopySentence
            told={{
              place: countyName(adcode),
              asOf: progress.asOf,
              base: null,
              standing: figures.standing,
              previous: figures.previous,
              attention,
              areaBasis: texts.context.areaBasis[progress.campaign?.areaBasis ?? 'declared'],
              isSample: progress.hasSampleData,
            }}
          />
        )}
      </p>
      {figures === undefined ? (
        <p className="quiet">{texts.context.noCampaign}</p>
      ) : (
        <>
          <StandingFigures standing={figures.standing} base={figures.standing.listed} county={adcode} />
          <p className="quiet">
            {texts.context.ratesNote.listed} · {texts.context.againstLastMonth}{' '}
            {formatChange(figures.standing.completed.count - figures.previous.completed.count, language)}
          </p>
          {filtered && <FilteredFigures listedCount={figures.standing.listed.count} />}
          {figures.units.length > 1 && (
            <ul className="unit-list">
              {figures.units.map((unit) => (
                <li key={unit.code}>
                  <span>{word(unit.name)}</span>
                  <b className="figure">
                    {texts.context.sites(formatNumber(unit.standing.listed.count, language))}
                  </b>
                </li>
              ))}
            </ul>
          )}
          {attention && <Attention attention={attention} standing={figures.standing} county={adcode} />}
        </>
      )}
    </>
  );
}
