/** 填报表: download, upload, look at the differences, apply; what was applied can be undone as one. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useAccount } from '../../api/session.ts';
import { workbookUrl } from '../../api/workbooks.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { SetResult } from '../review/set-result.tsx';
import { useCheckedWorkbook } from './checked-workbook.ts';
import { useUnitName } from './unit-name.ts';
import { WorkbookChoice } from './workbook-choice.tsx';
import { WorkbookPreviewPart } from './workbook-preview.tsx';

export function WorkbookView({ period }: { period: string }) {
  const { workbook: texts } = useWorkTexts();
  const account = useAccount();
  const unitName = useUnitName();
  const units = account.role === 'anonymous' ? [] : account.units;
  const [picked, setPicked] = useState<string | null>(null);
  const unit = picked ?? units[0];
  const checked = useCheckedWorkbook();
  return (
    <div className="work-scroll workbook-view">
      <p className="quiet">{texts.intro}</p>
      {unit !== undefined && (
        <div className="workbook-line">
          {units.length > 1 && (
            <Select
              aria-label={texts.unit}
              value={unit}
              onChange={setPicked}
              options={units.map((code) => ({ value: code, label: unitName(code) }))}
            />
          )}
          <Button icon={<DownloadOutlined />} href={workbookUrl(unit, period)} download>
            {texts.download}
          </Button>
        </div>
      )}
      {checked.state.is !== 'applied' && <WorkbookChoice checked={checked} />}
      {checked.state.is === 'checked' && (
        <WorkbookPreviewPart preview={checked.state.preview} applied={checked.setApplied} />
      )}
      {checked.state.is === 'applied' && (
        <SetResult made={checked.state.changeSet} close={checked.startAnew} />
      )}
    </div>
  );
}
