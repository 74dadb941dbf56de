/** What a sheet is called: the texts of its slots, or what its template writes. Pure. */
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';
import type { SheetContent } from '../sheet-content.ts';
import { printDay } from '../words/quantities.ts';
import { type SheetLanguage, say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';

const mineLayers = ['mine_sites', 'mine_patches'];

/** Name of what the sheet is about: the region, a county, a site, or part of the region. */
export function subjectName({ plan, regionName }: SheetContent, language: SheetLanguage): string {
  const { focus } = plan;
  switch (focus.kind) {
    case 'region':
    case 'county':
      return say(focus.name, language);
    case 'site':
      return focus.name;
    case 'extent':
      return `${say(regionName, language)}${language === 'en' ? ' ' : ''}${say(sheetWords.part, language)}`;
  }
}

/** Title of the sheet, its bookmark too; '' where the spec leaves it out. */
export function sheetTitle(content: SheetContent, language: SheetLanguage): string {
  const { spec, layers } = content.plan;
  if (spec.slots.title !== undefined) return spec.slots.title;
  const { titles } = sheetTemplates[spec.template];
  const hasMines = layers.some(({ definition }) => mineLayers.includes(definition.id));
  const pattern = say(hasMines ? titles.mines : titles.other, language);
  return pattern.replace('{name}', () => subjectName(content, language));
}

/** Subtitle with the day of the state and the sample mark, which no slot can leave out. */
export function sheetSubtitle(content: SheetContent, language: SheetLanguage): string {
  const { spec } = content.plan;
  const own = spec.slots.subtitle ?? templateSubtitle(content, language);
  const mark = content.hasSampleData ? say(sheetWords.sampleData, language) : '';
  return [own, mark].filter((text) => text !== '').join(' · ');
}

function templateSubtitle({ plan, effectiveOn }: SheetContent, language: SheetLanguage): string {
  if (effectiveOn === null) return '';
  const pattern = say(sheetTemplates[plan.spec.template].subtitle, language);
  return pattern.replace('{date}', () => printDay(effectiveOn, language));
}
