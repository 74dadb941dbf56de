/** The mine site of a site page: searched by name, or clicked on the map. */
import { Select } from 'antd';
import { useMemo } from 'react';
import { useFeatureRows } from '../../api/feature-rows.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useLayer } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { FieldRow } from './field-row.tsx';
import { siteChoices } from './site-choices.ts';
import { changeSheet } from './use-print-sheet.ts';

export function SiteField({ code }: { code: string }) {
  const texts = useSheetTexts();
  const language = useLanguage();
  const layer = useLayer(MINE_LAYER);
  const { data, isError, isLoading } = useFeatureRows(MINE_LAYER, {
    enabled: layer !== undefined && isReadable(layer),
  });
  const options = useMemo(
    () => (data && layer ? siteChoices(data.rows, layer.definition, language) : []),
    [data, layer, language],
  );
  return (
    <>
      <FieldRow label={texts.site}>
        {(id) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            loading={isLoading}
            placeholder={texts.sitePlaceholder}
            value={code === '' ? null : code}
            onChange={(chosen) =>
              chosen && changeSheet({ area: { kind: 'site', code: chosen }, scale: undefined })
            }
            options={options}
          />
        )}
      </FieldRow>
      {isError && <p className="alert-ink print-field-note">{texts.sitesFailed}</p>}
      {code === '' && !isError && (
        <p role="status" className="print-needed print-field-note">
          {texts.siteNeeded}
        </p>
      )}
    </>
  );
}
