/** A figure whose sites are listed, in words. */
import { useTexts } from '../../i18n/text.ts';
import type { FigureQuery } from '../../state/app-state.ts';
import { useCountyName } from '../loaded-catalogue.ts';

/** `兴国县 · 到期未报 · 3 个月`. */
export function useFigureWords(): (query: FigureQuery) => string {
  const { progress: texts } = useTexts();
  const countyName = useCountyName();
  return ({ figure, county, months }) =>
    [
      ...(county === undefined ? [] : [countyName(county)]),
      texts.figures[figure].title,
      ...(months === undefined ? [] : [texts.months(String(months))]),
    ].join(' · ');
}
