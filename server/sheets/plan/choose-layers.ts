/** The layers of a sheet: those asked for, or those of the template as far as they are there and may be read. */
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { SheetNotice, SheetSpec } from '../../../geodata/contract/sheets.ts';
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';
import { findLayer } from '../../catalogue/find-layer.ts';
import { NotFoundError, UnprocessableError } from '../../errors.ts';
import type { PlannedLayer } from '../sheet-content.ts';
import type { SheetReader, SheetSources } from '../sheet-sources.ts';
import { closedLayers, layersNotLoaded } from './plan-notices.ts';

type Asked = NonNullable<SheetSpec['layers']>[number];
type ChosenLayers = { layers: PlannedLayer[]; notices: SheetNotice[] };

/**
 * In drawing order, lowest first. `isLoaded` says which layers hold anything. A layer that was named is refused as its items would
 * be: NotFoundError where there is none or it is not loaded, Unauthorized- or ForbiddenError where it may not be read;
 * UnprocessableError where an entry is unknown or a layer is named twice.
 */
export function chooseLayers(
  { catalogue }: Pick<SheetSources, 'catalogue'>,
  { rights }: Pick<SheetReader, 'rights'>,
  spec: Pick<SheetSpec, 'layers' | 'template'>,
  isLoaded: (layer: LayerDefinition) => boolean,
): ChosenLayers {
  const chosen = spec.layers === undefined ? ofTemplate() : named(spec.layers);
  chosen.layers.sort((a, b) => a.definition.drawOrder - b.definition.drawOrder);
  return chosen;

  function named(asked: readonly Asked[]): ChosenLayers {
    const layers = asked.map((each, index) => {
      const field = `layers.${index}`;
      const definition = findLayer(catalogue, each.id, `${field}.id`);
      if (asked.findIndex(({ id }) => id === each.id) !== index) throw namedTwice(definition, `${field}.id`);
      rights.check(definition);
      if (!isLoaded(definition)) throw notLoaded(definition, `${field}.id`);
      return plan(definition, each, field);
    });
    return { layers, notices: [] };
  }

  function ofTemplate(): ChosenLayers {
    const wanted = sheetTemplates[spec.template].layers.flatMap((each) => {
      const definition = catalogue.find(({ id }) => id === each.id);
      return definition === undefined ? [] : [{ each, definition }];
    });
    const closed = wanted.filter(({ definition }) => !rights.mayRead(definition));
    const readable = wanted.filter((each) => !closed.includes(each));
    const missing = readable.filter(({ definition }) => !isLoaded(definition));
    const there = readable.filter((each) => !missing.includes(each));
    return {
      layers: there.map(({ each, definition }) => plan(definition, each, 'layers')),
      notices: [
        ...closedLayers(closed.map(({ definition }) => definition)),
        ...layersNotLoaded(missing.map(({ definition }) => definition)),
      ],
    };
  }
}

function plan(definition: LayerDefinition, { entries, labels }: Asked, field: string): PlannedLayer {
  const known = (definition.style.categories?.entries ?? []).map(({ id }) => id);
  const unknown = entries?.find((id) => !known.includes(id));
  if (unknown !== undefined) throw unknownEntry(definition, unknown, known, `${field}.entries`);
  return { definition, entries: entries ?? null, labels };
}

function namedTwice({ id, title }: LayerDefinition, field: string): UnprocessableError {
  return new UnprocessableError(
    {
      zh: `图层“${title.zh}”(${id})写了两次,请只留一处。`,
      en: `Layer "${title.en}" (${id}) is named twice; keep one.`,
    },
    { field },
  );
}

function notLoaded({ id, title }: LayerDefinition, field: string): NotFoundError {
  return new NotFoundError(
    {
      zh: `图层“${title.zh}”(${id})未导入数据,不能出图。请先导入,或去掉此图层。`,
      en: `Layer "${title.en}" (${id}) is not loaded and cannot be drawn. Import it first, or leave it out.`,
    },
    { field },
  );
}

function unknownEntry(
  { id, title }: LayerDefinition,
  entry: string,
  known: readonly string[],
  field: string,
): UnprocessableError {
  return new UnprocessableError(
    {
      zh: `图层“${title.zh}”(${id})没有图例项“${entry}”。可选:${known.join('、') || '无'}。`,
      en: `Layer "${title.en}" (${id}) has no legend entry "${entry}"; choose from: ${known.join(', ') || 'none'}.`,
    },
    { field },
  );
}
