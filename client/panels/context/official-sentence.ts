/** The figures of a place as an official sentence, in the language of the screen. Pure. */
import { formatDateLong, formatNumber, formatShare } from '../../i18n/format.ts';
import type { ProgressTexts } from '../../i18n/progress.ts';
import type { Language } from '../../state/app-state.ts';
import type { Attention, Measure, Standing } from './progress-figures.ts';

export type Told = {
  place: string;
  asOf: string;
  /** 下达任务; null for a place that was assigned nothing of its own: rates are then of the ledger total. */
  base: Measure | null;
  standing: Standing;
  previous: Standing;
  attention: Attention;
  areaBasis: string;
  isSample: boolean;
};

export function officialSentence(told: Told, texts: ProgressTexts['sentence'], language: Language): string {
  const { standing, previous, attention, isSample } = told;
  const base = told.base ?? standing.listed;
  const number = (value: number) => formatNumber(value, language);
  const rate = ({ count }: Measure) => formatShare(count, base.count, language);
  const areaRate = ({ areaSquareMeters }: Measure) =>
    formatShare(areaSquareMeters, base.areaSquareMeters, language);
  const area = ({ areaSquareMeters }: Measure) => {
    const unit = base.areaSquareMeters >= 1_000_000 ? 'km2' : 'ha';
    const size = unit === 'km2' ? 1_000_000 : 10_000;
    return `${formatNumber(areaSquareMeters / size, language, 2, 2)}${texts.areas[unit]}`;
  };
  const gained = standing.completed.count - previous.completed.count;
  const first = [
    ...(told.base === null ? [] : [texts.assigned(number(base.count), area(base))]),
    texts.listed(number(standing.listed.count), area(standing.listed)),
  ];
  const steps = [
    texts.started(number(standing.started.count), rate(standing.started), areaRate(standing.started)),
    texts.completed(
      number(standing.completed.count),
      area(standing.completed),
      rate(standing.completed),
      areaRate(standing.completed),
    ),
    texts.closed(number(standing.closed.count), rate(standing.closed), areaRate(standing.closed)),
  ];
  const last = [
    texts.treated(area(standing.treated)),
    ...(gained > 0 ? [texts.change(number(gained))] : []),
    ...(standing.rectifying.count > 0 ? [texts.rectifying(number(standing.rectifying.count))] : []),
    ...(attention.overdue.count > 0 ? [texts.overdue(number(attention.overdue.count))] : []),
    ...(standing.excluded.count > 0 ? [texts.excluded(number(standing.excluded.count))] : []),
    texts.basis(told.areaBasis),
  ];
  const intro = texts.intro(formatDateLong(told.asOf, language), told.place);
  return `${intro}${[first.join(texts.comma), ...steps, last.join(texts.comma)].join(texts.semicolon)}${texts.stop}${isSample ? texts.sample : ''}`;
}
