/** What is to be said of a sheet because of the data it draws: kind, classification, days, administrative boundaries. Pure. */
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { Classification, SheetNotice } from '../../../geodata/contract/sheets.ts';
import type { SheetPlan } from '../sheet-content.ts';
import type { LoadedLayers } from './loaded-layers.ts';
import {
  asOfAfterData,
  asOfWithoutHistory,
  classifiedAbove,
  mapNumberMissing,
  mapNumberOverridden,
  mixedData,
  sampleData,
} from './plan-notices.ts';

const rank: Record<Classification, number> = { public: 0, on_request: 1, internal: 2 };

type Planned = Pick<SheetPlan, 'spec' | 'focus' | 'layout' | 'layers'>;

export function dataNotices(plan: Planned, loaded: LoadedLayers): SheetNotice[] {
  const { spec } = plan;
  const layers = drawnLayers(plan);
  const having = (
    test: (dataset: { kind: string; classification: Classification }) => boolean,
  ): LayerDefinition[] => layers.filter(({ id }) => (loaded.get(id) ?? []).some(test));
  const sample = having(({ kind }) => kind === 'sample');
  const official = having(({ kind }) => kind === 'official');
  const above = having(({ classification }) => rank[classification] > rank[spec.classification]);
  const notices: SheetNotice[] = [];
  if (sample.length > 0) notices.push(sampleData());
  if (sample.length > 0 && official.length > 0) notices.push(mixedData(sample, official));
  if (above.length > 0) notices.push(classifiedAbove(above));
  if (spec.classification === 'public' && !spec.slots.mapNumber && drawsBoundaries(plan, loaded))
    notices.push(spec.overrideReason === undefined ? mapNumberMissing() : mapNumberOverridden());
  if (spec.asOf !== undefined) notices.push(...asOfNotices(spec.asOf, layers, loaded));
  return notices;
}

function drawnLayers({ layers }: Pick<Planned, 'layers'>): LayerDefinition[] {
  return layers.map(({ definition }) => definition);
}

/** County lines as a layer, round the greyed neighbours, or in the inset. */
function drawsBoundaries({ layers, focus, layout }: Planned, loaded: LoadedLayers): boolean {
  if (!loaded.has('counties')) return false;
  const asLayer = layers.some(({ definition }) => definition.id === 'counties');
  return asLayer || focus.kind === 'county' || layout.parts.inset !== undefined;
}

/** What happened after the newest dataset of a layer with events may still be known, so its day is no limit there. */
function asOfNotices(asOf: string, layers: readonly LayerDefinition[], loaded: LoadedLayers): SheetNotice[] {
  const withHistory = layers.filter(({ history }) => history !== null);
  const without = layers.filter(({ history, group }) => history === null && group !== 'base');
  const days = layers.flatMap(({ id }) => (loaded.get(id) ?? []).map((dataset) => dataset.asOf)).sort();
  const newest = days.at(-1);
  return [
    ...(newest !== undefined && asOf > newest ? [asOfAfterData(asOf, newest)] : []),
    ...(withHistory.length > 0 && without.length > 0 ? [asOfWithoutHistory(without)] : []),
  ];
}
