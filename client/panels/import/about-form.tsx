/** Date, classification, title and source of the data. */
import { Input, Radio } from 'antd';
import { useId } from 'react';
import { type Classification, classifications } from '../../../geodata/contract/imports.ts';
import { useTexts } from '../../i18n/text.ts';
import type { AboutData } from './about-data.ts';

export function AboutForm(props: {
  about: AboutData;
  fileDay: string;
  /** The classification was not chosen though it was asked for. */
  missing: boolean;
  disabled: boolean;
  change: (about: AboutData) => void;
}) {
  const { imports, classification: classWords } = useTexts();
  const texts = imports.confirm;
  const { about, disabled, change } = props;
  const id = useId();
  return (
    <div className="about-form">
      <div>
        <label htmlFor={`${id}-day`}>{texts.asOf}</label>
        <input
          id={`${id}-day`}
          type="date"
          className="day-input"
          value={about.asOf}
          disabled={disabled}
          aria-describedby={`${id}-day-note`}
          onChange={(event) => change({ ...about, asOf: event.target.value })}
        />
        <p id={`${id}-day-note`} className={about.asOf === props.fileDay ? 'caution' : 'quiet'}>
          {texts.asOfAssumed(props.fileDay)}
        </p>
      </div>
      <fieldset aria-describedby={`${id}-class-note`}>
        <legend>
          {texts.classification} <small className="required-mark">{imports.required}</small>
        </legend>
        <Radio.Group
          value={about.classification}
          disabled={disabled}
          aria-label={texts.classification}
          onChange={(event) => change({ ...about, classification: event.target.value as Classification })}
          options={classifications.map((value) => ({ value, label: classWords[value] }))}
        />
        {props.missing && (
          <p className="alert-ink" role="alert">
            {texts.classificationMissing}
          </p>
        )}
        <p id={`${id}-class-note`} className="quiet">
          {texts.classificationHint}
        </p>
      </fieldset>
      <div>
        <label htmlFor={`${id}-title`}>{texts.dataTitle}</label>
        <Input
          id={`${id}-title`}
          value={about.title}
          disabled={disabled}
          maxLength={200}
          placeholder={texts.dataTitleHint}
          onChange={(event) => change({ ...about, title: event.target.value })}
        />
      </div>
      <div>
        <label htmlFor={`${id}-source`}>{texts.source}</label>
        <Input
          id={`${id}-source`}
          value={about.source}
          disabled={disabled}
          maxLength={500}
          placeholder={texts.sourceHint}
          onChange={(event) => change({ ...about, source: event.target.value })}
        />
      </div>
    </div>
  );
}
