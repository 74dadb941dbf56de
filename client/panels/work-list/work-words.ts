/** What is missing of a site of the work list, or who it waits for, in words. */
import type { WorkItem } from '../../../geodata/contract/work-list.ts';
import { owes } from '../../../geodata/domain/workflow.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import type { Language } from '../../state/app-state.ts';

/** `9` or `September`: the month as sentences of the list say it. */
export function monthWord(period: string, language: Language): string {
  const month = Number(period.slice(5));
  if (language === 'zh-CN') return String(month);
  return new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2000, month - 1, 1),
  );
}

/** The lines under the name of a site, the most pressing first. */
export function useWorkWords(): (item: WorkItem, level: 'unit' | 'county' | 'city') => string[] {
  const { item: texts } = useWorkTexts();
  const language = useLanguage();
  return (item, level) => {
    const month = monthWord(item.period, language);
    switch (item.waitsFor) {
      case 'resubmit':
        return [item.returnReason === null ? texts.returnedPlain : texts.returned(item.returnReason)];
      case 'report':
        return [
          owes(item.status) === 'quarter' ? texts.missingAftercare : texts.missing(month),
          ...(item.silentMonths > 0 ? [texts.silent(String(item.silentMonths))] : []),
        ];
      case 'county_review':
        return [level === 'unit' ? texts.county_review : texts.waitsCounty(month)];
      case 'city_review':
        return [level === 'unit' ? texts.city_review : texts.waitsCity(month)];
      case 'decision':
        // Its buttons say what can be done.
        return [];
      case 'nothing':
        if (item.isOvertaken) return [texts.overtaken(month)];
        return [item.reportState === 'city_passed' ? texts.passed : texts.recorded];
    }
  };
}
