import { describe, expect, it } from 'vitest';
import { mineSites } from '../../../geodata/catalogue/mine-sites.ts';
import {
  areLabelsShown,
  areSymbolsDrawn,
  isLayerDrawn,
  lineFactorOf,
  zoomOfSheet,
} from '../../../server/sheets/map/print-scale.ts';
import type { SheetPlan } from '../../../server/sheets/sheet-content.ts';
import { layerNamed } from './map-content.ts';

const plan = (scale: number, sizeFactor = 1, focus: SheetPlan['focus'] = { kind: 'extent' }) => ({
  scale,
  center: [115.3, 25.8] as const,
  layout: { sizeFactor },
  focus,
});
/** 535 sites in 12.62 km². */
const meanSite = [12_620_000 / 535];

describe('what a scale of paper shows', () => {
  it('names sites on sheets of a county and not on the sheet of the city', () => {
    for (const scale of [150_000, 350_000, 450_000])
      expect(areLabelsShown(mineSites, plan(scale))).toBe(true);
    expect(areLabelsShown(mineSites, plan(1_100_000))).toBe(false);
    expect(areLabelsShown(layerNamed('counties'), plan(1_500_000, 0.8))).toBe(true);
  });

  it('draws sites as symbols until a typical one is 4 mm wide, and as shapes on its own page', () => {
    expect(areSymbolsDrawn(mineSites, plan(350_000), meanSite)).toBe(true);
    expect(areSymbolsDrawn(mineSites, plan(40_000), meanSite)).toBe(true);
    expect(areSymbolsDrawn(mineSites, plan(38_000), meanSite)).toBe(false);
    expect(
      areSymbolsDrawn(
        mineSites,
        plan(350_000, 1, { kind: 'site', code: 'A', name: 'A', adcode: null }),
        meanSite,
      ),
    ).toBe(false);
    expect(areSymbolsDrawn(mineSites, plan(350_000), [])).toBe(true);
    expect(areSymbolsDrawn(mineSites, plan(5000), [])).toBe(false);
    expect(areSymbolsDrawn(layerNamed('wetland_parks'), plan(1_000_000), meanSite)).toBe(false);
  });

  it('draws patches from the scale of their zoom on, and always on the page of a site', () => {
    const patches = layerNamed('mine_patches');
    expect(isLayerDrawn(patches, plan(350_000))).toBe(false);
    expect(isLayerDrawn(patches, plan(100_000))).toBe(true);
    expect(
      isLayerDrawn(patches, plan(500_000, 1, { kind: 'site', code: 'A', name: 'A', adcode: null })),
    ).toBe(true);
  });

  it('thins red lines where they are many and small, by half at most', () => {
    const lines = layerNamed('ecological_red_lines');
    expect(lineFactorOf(lines, plan(200_000))).toBe(1);
    expect(lineFactorOf(lines, plan(1_100_000))).toBeLessThan(0.8);
    expect(lineFactorOf(lines, plan(50_000_000))).toBe(0.5);
    expect(lineFactorOf(layerNamed('rivers'), plan(50_000_000))).toBe(1);
  });

  it('counts a wall map with larger text as a smaller scale', () => {
    expect(zoomOfSheet(plan(300_000, 2))).toBeCloseTo(zoomOfSheet(plan(600_000)), 9);
  });
});
