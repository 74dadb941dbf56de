/** The name of a reporting unit by its code: a county by the catalogue, a zone as the work list has named it. */
import { useWorkList } from '../../api/work-list.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useCountyName } from '../loaded-catalogue.ts';

/** An unknown code reads as itself. */
export function useUnitName(): (code: string) => string {
  const countyName = useCountyName();
  const language = useLanguage();
  const { data } = useWorkList();
  return (code) => {
    const unit = data?.items.find((item) => item.unit.code === code)?.unit;
    if (unit === undefined) return countyName(code);
    return language === 'zh-CN' ? unit.name : unit.nameEn;
  };
}
