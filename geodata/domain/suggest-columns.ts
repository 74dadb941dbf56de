/** Which column of a delivered file feeds which field of a layer, told by name alone: own names, titles, known aliases. Pure. */
import { columnOf, type LayerDefinition, type LayerField } from '../catalogue/layer-definition.ts';
import { fieldAliases, layerAliases } from './field-aliases.ts';

/** DBF cuts names to ten bytes; a Han character takes two in GBK and three in UTF-8. */
const dbfNameBytes = 10;

/** Fields that a delivered file can fill: those the database does not compute. */
export function importableFields({ fields }: LayerDefinition): LayerField[] {
  return fields.filter((field) => !field.computed);
}

/**
 * Column by field name, for the fields a column was found for. Own name and titles win over aliases, earlier
 * aliases over later ones; a column feeds the first field that claims it. `bytesPerHan` tells where DBF cut a name: 2 in GBK, 3 in UTF-8.
 */
export function suggestColumns(
  layer: LayerDefinition,
  columns: readonly string[],
  bytesPerHan: 2 | 3 = 2,
): Map<string, string> {
  const suggested = new Map<string, string>();
  const taken = new Set<string>();
  for (const namesOf of [ownNames, aliasesOf]) {
    for (const field of importableFields(layer)) {
      if (suggested.has(field.name)) continue;
      const free = columns.filter((candidate) => !taken.has(candidate));
      const column = namesOf(field, layer.id)
        .map((name) => free.find((candidate) => isSameName(name, candidate, bytesPerHan)))
        .find((found) => found !== undefined);
      if (column === undefined) continue;
      suggested.set(field.name, column);
      taken.add(column);
    }
  }
  return suggested;
}

function ownNames(field: LayerField): string[] {
  return [field.name, columnOf(field), field.title.zh, field.title.en];
}

function aliasesOf(field: LayerField, layerId: string): string[] {
  return [...(layerAliases[layerId]?.[field.name] ?? []), ...(fieldAliases[field.name] ?? [])];
}

function isSameName(name: string, column: string, bytesPerHan: number): boolean {
  const [wanted, given] = [name.toUpperCase(), column.toUpperCase()];
  if (wanted === given) return true;
  // A name that fills its ten bytes may have been cut there.
  const bytes = [...given].reduce((sum, char) => sum + (char.charCodeAt(0) > 127 ? bytesPerHan : 1), 0);
  return bytes > dbfNameBytes - bytesPerHan && wanted.startsWith(given);
}
