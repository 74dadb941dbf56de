/**
 * A slide's map: the counties as a layer with categories, one for each class of the completion rate. The map and the
 * legend then draw and count them as they do with every layer. Pure.
 */
import type { LayerCategory, LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { LayerContent, SheetContent } from '../sheet-content.ts';
import { sheetPhrases } from '../words/sheet-phrases.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { completionRate, countyProgress } from './county-progress.ts';

const COUNTIES = 'counties';
const fills = ['#EDF2F8', '#D3DFEF', '#B1C7E2', '#8DABD5'] as const;
const NO_RATE = '#FAFAF7';
const STEP = 0.05;
/** Codes of deliveries may go on to the township. */
const ADCODE_LENGTH = 6;

/** Lower bounds of the classes above the lowest, in whole steps of 5 %, at most three: four classes from lowest to highest. */
export function rateBreaks(rates: readonly number[]): number[] {
  if (rates.length === 0) return [];
  const lowest = Math.floor(Math.min(...rates) / STEP + 1e-9);
  const highest = Math.ceil(Math.max(...rates) / STEP - 1e-9);
  const width = Math.max(1, Math.ceil((highest - lowest) / fills.length));
  const breaks: number[] = [];
  for (let at = lowest + width; at < highest && breaks.length < fills.length - 1; at += width)
    breaks.push(at * STEP);
  return breaks.map((value) => Math.round(value * 100) / 100);
}

/** The content with shaded counties; the same content for other templates, or without figures by county. */
export function shadeCounties(content: SheetContent): SheetContent {
  const { plan, progress } = content;
  if (plan.spec.template !== 'slide' || plan.focus.kind === 'county' || progress === null) return content;
  const rates = new Map(
    countyProgress(progress).flatMap(({ adcode, standing }) => {
      const rate = completionRate(standing);
      return rate === null ? [] : [[adcode, rate] as const];
    }),
  );
  if (rates.size === 0) return content;
  const breaks = rateBreaks([...rates.values()]);
  return {
    ...content,
    plan: {
      ...plan,
      layers: plan.layers.map((layer) =>
        layer.definition.id === COUNTIES ? { ...layer, definition: shaded(layer.definition, breaks) } : layer,
      ),
    },
    layers: content.layers.map((layer) =>
      layer.layerId === COUNTIES ? classed(layer, rates, breaks) : layer,
    ),
  };
}

/** 兴国县 → 兴国, Xingguo County → Xingguo: on the map of a slide the kind of unit is plain. Names of one character stay. */
function shortName(name: string): string {
  return name.replace(/(?<=..)(?:县|市|区)$| (?:County|City|District)$/, '');
}

function classOf(rate: number, breaks: readonly number[]): string {
  return `rate_${breaks.filter((least) => rate >= least - 1e-9).length}`;
}

function classed(
  layer: LayerContent,
  rates: ReadonlyMap<string, number>,
  breaks: readonly number[],
): LayerContent {
  return {
    ...layer,
    features: layer.features.map((feature) => {
      const rate = rates.get(feature.code) ?? rates.get(feature.code.slice(0, ADCODE_LENGTH));
      if (rate === undefined) return { ...feature, category: 'rate_none' };
      const share = `${Math.round(rate * 100)}%`;
      return {
        ...feature,
        category: classOf(rate, breaks),
        title: feature.title === null ? share : `${shortName(feature.title)} ${share}`,
        titleEn: feature.titleEn === null ? null : `${shortName(feature.titleEn)} ${share}`,
      };
    }),
  };
}

function shaded(definition: LayerDefinition, breaks: readonly number[]): LayerDefinition {
  const { style } = definition;
  const title = (index: number): LayerCategory['title'] => {
    const [least, most] = [breaks[index - 1], breaks[index]].map((bound) =>
      bound === undefined ? undefined : `${Math.round(bound * 100)}%`,
    );
    if (least === undefined && most === undefined) return { zh: '各县(市、区)', en: 'All counties' };
    if (least === undefined) return bilingual((language) => sheetPhrases.below[language](most ?? ''));
    if (most === undefined) return bilingual((language) => sheetPhrases.from[language](least));
    return { zh: `${least}–${most}`, en: `${least}–${most}` };
  };
  const entries = Array.from({ length: breaks.length + 1 }, (_, index) => ({
    id: `rate_${index}`,
    title: title(index),
    values: [`rate_${index}`],
    draw: { fill: { color: fills[index] ?? fills[0], opacity: 1 } },
  }));
  return {
    ...definition,
    title: {
      zh: `${sheetWords.completionRate.zh}(座,占台账)`,
      en: `${sheetWords.completionRate.en} (sites of ledger)`,
    },
    style: {
      ...style,
      draw: { ...style.draw, fill: { color: NO_RATE, opacity: 1 } },
      categories: { field: 'adcode', entries },
    },
  };
}

function bilingual(of: (language: 'zh-CN' | 'en') => string): LayerCategory['title'] {
  return { zh: of('zh-CN'), en: of('en') };
}
