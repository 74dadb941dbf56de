/** Fields without which a row of a layer cannot be stored, by layer id. `code` is not among them: a row without one gets its number. */
const requiredFields: Readonly<Record<string, readonly string[]>> = {
  counties: ['name', 'adcode'],
  rivers: ['name'],
  mine_patches: ['site_code'],
};

export function requiredFieldsOf(layerId: string): readonly string[] {
  return requiredFields[layerId] ?? [];
}
