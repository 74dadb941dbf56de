/** What the sheet shows and how large: subject, paper, orientation, scale. */
import type { SheetArea, SheetPlanResponse, SheetSpec } from '../../../geodata/contract/sheets.ts';
import { type PaperId, paperIds } from '../../../geodata/domain/sheet-paper.ts';
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { CountyField } from './county-field.tsx';
import { FieldRow } from './field-row.tsx';
import { PrintSection } from './print-section.tsx';
import { scaleChoices } from './scale-choices.ts';
import { areaOfView, selectedSite } from './sheet-from-map.ts';
import { SiteField } from './site-field.tsx';
import { changeSheet } from './use-print-sheet.ts';

export function AreaFields({ sheet, planned }: { sheet: SheetSpec; planned: SheetPlanResponse | undefined }) {
  const texts = useSheetTexts();
  const language = useLanguage();
  const { area, template, paper, scale } = sheet;
  const canMove = sheetTemplates[template].areas.includes('center');
  const written = (denominator: number) => `1:${formatNumber(denominator, language)}`;
  const auto = planned && scale === undefined ? texts.scaleAutoNow(written(planned.scale)) : texts.scaleAuto;
  return (
    <PrintSection title={texts.area} open>
      <SubjectField sheet={sheet} />
      {area.kind === 'county' && (
        <CountyField
          adcode={area.adcode}
          choose={(adcode) => changeSheet({ area: { kind: 'county', adcode }, scale: undefined })}
        />
      )}
      {area.kind === 'site' && <SiteField code={area.code} />}
      <FieldRow label={texts.paper}>
        {(id) => (
          <select
            id={id}
            value={paper}
            onChange={({ target }) => changeSheet({ paper: target.value as PaperId })}
          >
            {papersOf(sheet).map((each) => (
              <option key={each} value={each}>
                {each === 'slide' ? texts.slidePaper : each}
              </option>
            ))}
          </select>
        )}
      </FieldRow>
      <FieldRow label={texts.orientation}>
        {(id) => (
          <select
            id={id}
            value={sheet.orientation}
            onChange={({ target }) => changeSheet({ orientation: target.value as SheetSpec['orientation'] })}
          >
            {(['auto', 'portrait', 'landscape'] as const).map((each) => (
              <option key={each} value={each}>
                {texts.orientations[each]}
              </option>
            ))}
          </select>
        )}
      </FieldRow>
      <FieldRow label={texts.scale}>
        {(id) => (
          <select
            id={id}
            value={scale ?? ''}
            onChange={({ target }) =>
              changeSheet({ scale: target.value === '' ? undefined : Number(target.value) })
            }
          >
            {area.kind !== 'center' && <option value="">{auto}</option>}
            {scaleChoices(planned?.scale ?? null, scale ?? null).map((each) => (
              <option key={each} value={each}>
                {written(each)}
              </option>
            ))}
          </select>
        )}
      </FieldRow>
      {canMove && <p className="quiet not-on-phone">{texts.moveHint}</p>}
    </PrintSection>
  );
}

/** A slide is of its own size, and nothing else but a picture is. */
function papersOf({ template, paper }: SheetSpec): PaperId[] {
  if (template === 'slide') return ['slide'];
  return paperIds.filter((each) => each !== 'slide' || template === 'picture' || each === paper);
}

function SubjectField({ sheet }: { sheet: SheetSpec }) {
  const texts = useSheetTexts();
  const catalogue = useLoadedCatalogue();
  const { area, template } = sheet;
  const kinds = sheetTemplates[template].areas.filter((kind) => kind !== 'center' || area.kind === 'center');
  const areaOf = (kind: SheetArea['kind']): SheetArea => {
    const state = useAppState.getState();
    switch (kind) {
      case 'county':
        return {
          kind,
          adcode: state.county ?? catalogue.region.counties[0]?.adcode ?? catalogue.region.adcode,
        };
      case 'site':
        return { kind, code: selectedSite(state) ?? '' };
      case 'extent':
        return areaOfView(state.viewExtent, catalogue);
      default:
        return { kind: 'region' };
    }
  };
  return (
    <>
      <FieldRow label={texts.subject}>
        {(id) => (
          <select
            id={id}
            value={area.kind}
            onChange={({ target }) =>
              changeSheet({ area: areaOf(target.value as SheetArea['kind']), scale: undefined })
            }
          >
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {texts.subjects[kind]}
              </option>
            ))}
          </select>
        )}
      </FieldRow>
      {area.kind === 'extent' && (
        <button
          type="button"
          className="link-button print-field-note"
          onClick={() => changeSheet({ area: areaOf('extent') })}
        >
          {texts.takeView}
        </button>
      )}
    </>
  );
}
