/** Mine sites as choices of a list: by name, with the code where the name tells too little. Pure. */
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { FeatureRow } from '../../api/feature-rows.ts';
import type { Language } from '../../state/app-state.ts';

export function siteChoices(
  rows: readonly FeatureRow[],
  { titleField }: Pick<LayerDefinition, 'titleField'>,
  language: Language,
): { value: string; label: string }[] {
  const collator = new Intl.Collator(language, { numeric: true });
  return rows
    .map(({ code, properties }) => {
      const title = properties[titleField];
      return { value: code, label: typeof title === 'string' && title !== '' ? `${title} ${code}` : code };
    })
    .sort((a, b) => collator.compare(a.label, b.label));
}
