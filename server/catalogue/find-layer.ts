/** A layer of the catalogue by its id, for whoever names one: a command, a request. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { NotFoundError } from '../errors.ts';

/** Throws NotFoundError about `field` with the layers there are; without an id it asks to choose one. */
export function findLayer(
  catalogue: readonly LayerDefinition[],
  id: string | undefined,
  field: string,
): LayerDefinition {
  const layer = catalogue.find((candidate) => candidate.id === id);
  if (layer !== undefined) return layer;
  const list = catalogue.map((candidate) => `${candidate.id}(${candidate.title.zh})`).join('、');
  const text: Bilingual =
    id === undefined
      ? { zh: `请选择图层:${list}`, en: `Choose the layer: ${list}` }
      : { zh: `没有图层“${id}”。可选:${list}`, en: `There is no layer "${id}"; choose one of: ${list}` };
  throw new NotFoundError(text, { field });
}
