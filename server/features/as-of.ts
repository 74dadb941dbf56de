/** The parameter as_of of items, features and tiles: the state effective at the end of a day. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { BadRequestError } from '../errors.ts';
import { parsePastDay } from '../http/day-parameter.ts';

export const asOfParameter = 'as_of';

/**
 * The day, or null without the parameter. Throws BadRequestError for bad text, for a day to come, and for a layer that is
 * known only as it is now, naming those that have a history.
 */
export function parseAsOfOfLayer(
  layer: LayerDefinition,
  parameters: ReadonlyMap<string, string>,
  catalogue: readonly LayerDefinition[],
): string | null {
  const day = parsePastDay(parameters, asOfParameter);
  if (day === null || layer.history !== null) return day;
  const others = catalogue.filter(({ history }) => history !== null).map(({ id }) => id);
  throw new BadRequestError(
    {
      zh: `图层“${layer.title.zh}”没有历史,不能用 as_of。可用的图层:${others.join('、') || '无'}。`,
      en: `Layer "${layer.title.en}" has no history, so it takes no as_of. Layers that do: ${others.join(', ') || 'none'}.`,
    },
    { field: asOfParameter },
  );
}
