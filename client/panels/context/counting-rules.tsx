/** 口径说明: how the figures are counted, opened from the head of the panel. */
import { Modal } from 'antd';
import { useState } from 'react';
import { figureIds, type ProgressResponse } from '../../../geodata/contract/progress.ts';
import { formatDateLong } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';

export function CountingRules({ progress }: { progress: ProgressResponse }) {
  const texts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const [open, setOpen] = useState(false);
  const { campaign } = progress;
  const basis = texts.context.areaBasis[campaign?.areaBasis ?? 'declared'];
  const rules = texts.context.counting.items(
    basis,
    formatDateLong(progress.asOf, language),
    formatDateLong(progress.comparedWith, language),
  );
  return (
    <>
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {texts.context.howCounted}
      </button>
      <Modal
        title={texts.context.counting.title}
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        width={560}
      >
        <ul className="rules">
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
        <dl className="figure-rules">
          {figureIds.map((id) => (
            <div key={id}>
              <dt>{texts.progress.figures[id].title}</dt>
              <dd>{texts.progress.figures[id].how}</dd>
            </div>
          ))}
        </dl>
        {campaign && (
          <p className="quiet">
            {word(campaign.name)} · {texts.context.document}: {campaign.document}
          </p>
        )}
      </Modal>
    </>
  );
}
