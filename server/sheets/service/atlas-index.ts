/** The index page of an atlas: what stands on which page. */
import { paperSizeMm } from '../../../geodata/domain/sheet-paper.ts';
import type { Mark, Page } from '../page.ts';
import type { SheetPlan } from '../sheet-content.ts';
import type { SeriesOrder } from './make-series.ts';
import type { SeriesSubject } from './sheet-source.ts';

export type AtlasIndex = { title: string; language: 'zh-CN' | 'en'; lines: { name: string; scale: number; page: number }[] };

export function atlasIndex(
  { spec }: SeriesOrder,
  pages: readonly { subject: SeriesSubject; plan: SheetPlan }[],
): AtlasIndex {
  const { language } = spec;
  return {
    title: language === 'en' ? 'Atlas' : '图册',
    language,
    lines: pages.map(({ subject, plan }, at) => ({
      name: language === 'en' ? subject.name.en : subject.name.zh,
      scale: plan.scale,
      page: at + 2,
    })),
  };
}

export function composeIndexPage({ title, language, lines }: AtlasIndex): Page {
  const size = paperSizeMm('A4', 'portrait');
  const marks: Mark[] = lines.slice(0, 60).map(({ name, scale, page }, at) => ({
    kind: 'text',
    text: `${page}  ${name}  1:${scale}`,
    x: 25,
    y: 30 + at * 4,
    sizePt: 9,
    weight: 'regular',
    color: '#1F2933',
    align: 'start',
  }));
  return { ...size, title, language, marks, map: null };
}
