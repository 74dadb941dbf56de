/** Kinds of problems (存在问题) a report tells of, in words. */
import type { Bilingual } from '../catalogue/layer-definition.ts';
import type { issueKinds } from '../contract/marking.ts';

export const issueWords: Record<(typeof issueKinds)[number], Bilingual> = {
  land_use: { zh: '用地用林手续', en: 'Land and forest permits' },
  funds: { zh: '资金', en: 'Funds' },
  rain: { zh: '雨季', en: 'Rainy season' },
  tender: { zh: '招投标', en: 'Tender' },
  other: { zh: '其他', en: 'Other' },
};
