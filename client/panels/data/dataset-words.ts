/** What a dataset is called and where it comes from. Pure. */
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { texts, wordIn } from '../../i18n/text.ts';
import type { Language } from '../../state/app-state.ts';

/**
 * Title and source as they were entered; those of the sample, which come with the product, in the
 * language of the page.
 */
export function datasetWords(
  { definition }: Pick<CatalogueLayer, 'definition'>,
  dataset: CatalogueLayer['datasets'][number],
  language: Language,
): { title: string; source: string } {
  if (dataset.kind === 'official' || language === 'zh-CN') return dataset;
  return {
    title: `${wordIn(language, definition.title)} (${texts[language].sampleData.toLowerCase()})`,
    source: wordIn(language, definition.source),
  };
}
