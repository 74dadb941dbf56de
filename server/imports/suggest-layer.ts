/** For which layer a delivery is meant, told by the names it came under and its columns. Only a suggestion. */
import { catalogue } from '../../geodata/catalogue/index.ts';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { layerNameWords } from '../../geodata/domain/field-aliases.ts';

/** The id of the layer whose id, title or usual delivered name stands in one of the names; null: no name tells. */
export function suggestLayer(names: readonly string[], columns: readonly string[]): string | null {
  for (const name of names) {
    const found = catalogue.find((layer) => wordsOf(layer).some((word) => name.toUpperCase().includes(word)));
    if (found !== undefined) return found.id;
  }
  const isOfMines = columns.some((column) => /^(KSBH|KSMC|KSBM|矿山编号|矿山名称)$/i.test(column));
  return isOfMines ? 'mine_sites' : null;
}

function wordsOf({ id, title }: LayerDefinition): string[] {
  const plain = title.zh.replace(/\(.*\)$/, '');
  return [id, plain, title.en, ...(layerNameWords[id] ?? [])].map((word) => word.toUpperCase());
}
