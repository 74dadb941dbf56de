/** What an order has done, with 撤销 at once. */
import { Button } from 'antd';
import type { ChangeSet } from '../../../geodata/contract/change-sets.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { UndoSet } from './undo-set.tsx';

export function SetResult({ made, close }: { made: ChangeSet; close: () => void }) {
  const { set: texts } = useWorkTexts();
  const language = useLanguage();
  return (
    <div className="set-result">
      <p role="status">
        <strong>{texts.done(made.title, formatNumber(made.siteCount, language))}</strong>
      </p>
      <p className="quiet">{texts.doneNote}</p>
      <UndoSet changeSet={made} />
      <Button type="primary" size="large" onClick={close}>
        {texts.close}
      </Button>
    </div>
  );
}
