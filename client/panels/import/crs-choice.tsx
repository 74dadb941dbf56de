/** The coordinate system: as taken, with why, or ranked candidates to choose from; nothing is guessed in silence. */
import { CheckCircleFilled } from '@ant-design/icons';
import { Button, Input, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTexts, useWord } from '../../i18n/text.ts';
import type { ChoiceProps } from './inspection-facts.tsx';
import { useServiceWord } from './screen-words.ts';

export function CrsChoice(props: ChoiceProps) {
  const { inspect: texts } = useTexts().imports;
  const word = useWord();
  const serviceWord = useServiceWord();
  const { crs, crsProblem } = props.inspection;
  const [changing, setChanging] = useState(false);
  if (crs === null) {
    return (
      <section className="crs-choice crs-choice-open" aria-label={texts.crs}>
        <h3 className="alert-ink">{texts.crsUnknown}</h3>
        {crsProblem && <p>{serviceWord(crsProblem).split('\n')[0]}</p>}
        <p className="quiet">{texts.crsChooseHint}</p>
        <Candidates {...props} />
      </section>
    );
  }
  return (
    <section className="crs-choice" aria-label={texts.crs}>
      <h3>{texts.crs}</h3>
      <p>
        <CheckCircleFilled className="crs-taken" aria-hidden="true" /> {word(crs.name)}
        {crs.srid !== null && <span className="quiet figure-left"> EPSG:{crs.srid}</span>}{' '}
        <button
          type="button"
          className="link-button"
          aria-expanded={changing}
          onClick={() => setChanging(!changing)}
        >
          {texts.crsChange}
        </button>
      </p>
      {changing && (
        <>
          <p className="quiet">{texts.crsChooseHint}</p>
          <Candidates {...props} />
        </>
      )}
    </section>
  );
}

/** Cards, best first; what falls into the home region says so. */
function Candidates({ job, inspection, disabled, change }: ChoiceProps) {
  const { inspect: texts } = useTexts().imports;
  const word = useWord();
  const [other, setOther] = useState('');
  const otherId = useId();
  const current = job.settings.crs || (inspection.crs?.srid ? `EPSG:${inspection.crs.srid}` : undefined);
  return (
    <>
      <Radio.Group
        className="crs-cards"
        aria-label={texts.crsChoose}
        value={current}
        disabled={disabled}
        onChange={(event) => change({ crs: String(event.target.value) })}
      >
        {inspection.crsCandidates.map(({ value, name, insideHome }) => (
          <Radio key={value} value={value} className="crs-card">
            <span>{word(name)}</span>
            <small className={insideHome ? 'crs-inside' : 'quiet'}>
              {value} · {insideHome ? texts.inside : texts.outside}
            </small>
          </Radio>
        ))}
      </Radio.Group>
      <form
        className="crs-other"
        onSubmit={(event) => {
          event.preventDefault();
          if (other.trim() !== '') change({ crs: other.trim() });
        }}
      >
        <label htmlFor={otherId}>{texts.crsOther}</label>
        <Input
          id={otherId}
          value={other}
          disabled={disabled}
          maxLength={200}
          placeholder={texts.crsOtherPlaceholder}
          onChange={(event) => setOther(event.target.value)}
        />
        <Button htmlType="submit" disabled={disabled || other.trim() === ''}>
          {texts.crsApply}
        </Button>
        {job.settings.crs && (
          <Button type="text" disabled={disabled} onClick={() => change({ crs: '' })}>
            {texts.crsAuto}
          </Button>
        )}
      </form>
    </>
  );
}
