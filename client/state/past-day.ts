/** Which layers a chosen past day is about. Pure. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';

/** The day a layer is to be read as of; null: as it is now, which is all that is known of layers without a history. */
export function pastDayOf({ history }: Pick<LayerDefinition, 'history'>, asOf: string | null): string | null {
  return history === null ? null : asOf;
}

/** What a request for features adds for that day. */
export function pastDayQuery(asOf: string | null): Record<string, string> {
  return asOf === null ? {} : { as_of: asOf };
}
