/** The county a sheet shows. */
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useCountyName, useLoadedCatalogue } from '../loaded-catalogue.ts';
import { FieldRow } from './field-row.tsx';

export function CountyField({ adcode, choose }: { adcode: string; choose: (adcode: string) => void }) {
  const texts = useSheetTexts();
  const { region } = useLoadedCatalogue();
  const nameOf = useCountyName();
  const isKnown = region.counties.some((county) => county.adcode === adcode);
  return (
    <FieldRow label={texts.county}>
      {(id) => (
        <select id={id} value={adcode} onChange={({ target }) => choose(target.value)}>
          {!isKnown && <option value={adcode}>{adcode}</option>}
          {region.counties.map((county) => (
            <option key={county.adcode} value={county.adcode}>
              {nameOf(county.adcode)}
            </option>
          ))}
        </select>
      )}
    </FieldRow>
  );
}
