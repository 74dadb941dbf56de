import { describe, expect, it } from 'vitest';
import { type StatusId, statuses } from '../../../geodata/domain/workflow.ts';
import { ganzhou } from '../../../geodata/reference/ganzhou/region.ts';
import { generateSample } from '../../../geodata/sample/generate-sample.ts';
import type { SiteEvent } from '../../../geodata/sample/sample-data.ts';
import { findCrossings, findNested, firstVertex, holds } from './planar-checks.ts';
import { areaOf, countyShape, polygonsOf } from './sample-shapes.ts';

const sample = generateSample(ganzhou);
const sites = sample.layers.mine_sites;
const patches = sample.layers.mine_patches;
const patchesBySite = Map.groupBy(patches, ({ properties }) => String(properties.site_code));
const patchShapes = polygonsOf(patches);
const areaByPatch = new Map(patchShapes.map(({ code, geometry }) => [code, areaOf(geometry)]));
const eventsBySite = Map.groupBy(sample.events, ({ siteCode }) => siteCode);

function areaOfSite(code: string): number {
  return (patchesBySite.get(code) ?? []).reduce((sum, patch) => sum + (areaByPatch.get(patch.code) ?? 0), 0);
}

describe('mine sites of the sample', () => {
  it('are the 535 of the campaign, in all 18 counties, of one to four patches', () => {
    expect(sample.campaign).toMatchObject({ baseCount: 535, baseAreaSquareMeters: 12_620_000 });
    expect(sites.length).toBe(535);
    expect(sample.campaignSites).toEqual(sites.map(({ code }) => code));
    expect(new Set(sites.map(({ properties }) => properties.county_adcode)).size).toBe(18);
    expect(new Set(patchesBySite.keys())).toEqual(new Set(sites.map(({ code }) => code)));
    const counts = sites.map(({ code }) => patchesBySite.get(code)?.length ?? 0);
    expect([...new Set(counts)].sort()).toEqual([1, 2, 3, 4]);
  });

  it('have patches that overlap nowhere and together measure 12 620 000 m² within 1', () => {
    expect(findCrossings(patchShapes)).toEqual([]);
    expect(findNested(patchShapes)).toEqual([]);
    const total = [...areaByPatch.values()].reduce((sum, area) => sum + area, 0);
    expect(Math.abs(total - 12_620_000)).toBeLessThan(1);
  });

  it('lie inside their county and outside protected areas and wetland parks', () => {
    expect(findCrossings(patchShapes, polygonsOf(sample.layers.counties))).toEqual([]);
    for (const [index, { code, geometry }] of patchShapes.entries()) {
      const county = countyShape(sample, patches[index]?.properties.county_adcode);
      expect(holds(county.geometry, firstVertex(geometry)), code).toBe(true);
    }
    const areas = polygonsOf([...sample.layers.protected_areas, ...sample.layers.wetland_parks]);
    expect(findCrossings(patchShapes, areas)).toEqual([]);
    const inAreas = patchShapes.filter(({ geometry }) =>
      areas.some((area) => holds(area.geometry, firstVertex(geometry))),
    );
    expect(inAreas).toEqual([]);
  });

  it('have sizes from 0.1 to 30 ha, many small and few large, with natural outlines', () => {
    const hectares = sites.map(({ code }) => areaOfSite(code) / 10_000).sort((one, other) => one - other);
    expect(hectares[0]).toBeGreaterThanOrEqual(0.1);
    expect(hectares.at(-1)).toBeLessThanOrEqual(30);
    expect(hectares[267]).toBeLessThan(2);
    for (const { code, geometry } of patchShapes) {
      const [outer] = geometry.coordinates[0] ?? [];
      expect((outer?.length ?? 0) - 1, code).toBeGreaterThanOrEqual(20);
      expect((outer?.length ?? 0) - 1, code).toBeLessThanOrEqual(60);
    }
    expect(
      patchShapes.filter(({ geometry }) => geometry.coordinates[0]?.length === 2).length,
    ).toBeGreaterThan(10);
  });

  it('have names of their own in their county', () => {
    const names = sites.map(({ properties }) => `${properties.county_adcode} ${properties.name}`);
    expect(new Set(names).size).toBe(535);
  });

  it('have codes of the two known patterns, patches numbered within their site', () => {
    for (const { code } of patches) expect(code).toMatch(/^(CT\d{19}|C\d{25})$/);
    expect(patches.some(({ code }) => code.startsWith('CT'))).toBe(true);
    expect(patches.some(({ code }) => !code.startsWith('CT'))).toBe(true);
    for (const [siteCode, own] of patchesBySite) {
      expect(own.map(({ code }) => code)).toEqual(own.map((_, index) => `${siteCode}00${index + 1}`));
    }
  });

  it('include 岿美山三夹水 in Dingnan, larger than others and of several patches', () => {
    const site = sites.find(({ properties }) => properties.name === '定南岿美山钨矿独立工矿区三夹水片区');
    expect(site?.properties).toMatchObject({ county_adcode: '360728', mineral: '钨' });
    expect(patchesBySite.get(site?.code ?? '')?.length).toBeGreaterThan(1);
    expect(areaOfSite(site?.code ?? '')).toBeGreaterThan(150_000);
  });

  it('declare areas near the measured ones, and neither treat nor accept more than there is', () => {
    for (const { code, properties } of sites) {
      const measured = areaOfSite(code);
      const declared = (patchesBySite.get(code) ?? []).reduce(
        (sum, patch) => sum + Number(patch.properties.declared_area_m2),
        0,
      );
      expect(properties.declared_area_m2).toBe(declared);
      expect(Math.abs(declared / measured - 1), code).toBeLessThan(0.08);
      expect(Number(properties.treated_area_m2), code).toBeLessThanOrEqual(measured);
      expect(Number(properties.accepted_area_m2), code).toBeLessThanOrEqual(
        Number(properties.treated_area_m2),
      );
    }
  });

  it('have attributes that go together', () => {
    for (const { code, properties } of sites) {
      const kinds = (patchesBySite.get(code) ?? []).map((patch) => patch.properties.patch_kind);
      const {
        mineral,
        mining_method: method,
        damage_type: damage,
        remediation_mode: mode,
        planned_land_use: use,
      } = properties;
      if (kinds.includes('沉陷区')) expect([mineral, method, damage]).toEqual(['煤', '联合', '塌陷']);
      if (kinds.includes('尾矿库')) expect(mineral).toBe('钨');
      if (method === '联合') expect(['钨', '萤石', '煤']).toContain(mineral);
      if (damage === '塌陷') expect(kinds).toContain('沉陷区');
      if (use === '建设用地') expect(mode).toBe('转型利用');
      if (mode === '自然恢复') expect(['林地', '草地']).toContain(use);
      expect([2023, 2024, 2025]).toContain(properties.plan_year);
    }
  });

  it('are reported by units that exist, some by zones', () => {
    const units = new Map(sample.reportingUnits.map((unit) => [unit.code, unit]));
    expect(units.size).toBe(21);
    for (const { properties } of sites) {
      expect(units.get(String(properties.reporting_unit))?.countyAdcode).toBe(properties.county_adcode);
    }
    expect(
      sites.some(({ properties }) => units.get(String(properties.reporting_unit))?.kind === 'zone'),
    ).toBe(true);
  });
});

/** Order of the workflow, written down apart from the generator. */
const following: Partial<Record<StatusId, readonly StatusId[]>> = {
  to_verify: ['verified'],
  verified: ['designing'],
  designing: ['approved'],
  approved: ['in_progress', 'natural_recovery'],
  in_progress: ['in_progress', 'completed'],
  natural_recovery: ['natural_recovery', 'completed'],
  completed: ['county_accepted'],
  county_accepted: ['city_accepted', 'rectifying'],
  city_accepted: ['public_notice', 'rectifying'],
  public_notice: ['closed'],
  closed: ['handed_over', 'rectifying'],
  rectifying: ['completed'],
};

describe('the history of the sample', () => {
  const histories = sites.map((site) => ({ site, events: eventsBySite.get(site.code) ?? [] }));
  const eachStep = (check: (before: SiteEvent, event: SiteEvent) => void): void => {
    for (const { events } of histories) {
      events.slice(1).forEach((event, index) => {
        check(events[index] as SiteEvent, event);
      });
    }
  };

  it('begins with 待核查 for every site and follows the workflow step by step', () => {
    for (const { events } of histories) expect(events[0]?.status).toBe('to_verify');
    eachStep((before, event) => {
      expect(following[before.status], event.siteCode).toContain(event.status);
    });
  });

  it('runs from 2023-01 to the day of the data, in order of fact and of record', () => {
    const dates = sample.events.map(({ effectiveOn }) => effectiveOn).sort();
    expect(dates[0]?.slice(0, 7)).toBe('2023-01');
    expect(dates.at(-1)?.slice(0, 7)).toBe('2025-09');
    expect((dates.at(-1) ?? '') <= '2025-09-30').toBe(true);
    eachStep((before, event) => {
      expect(event.effectiveOn > before.effectiveOn, event.siteCode).toBe(true);
      expect(event.recordedAt > before.recordedAt, event.siteCode).toBe(true);
    });
    const recorded = sample.events.map(({ recordedAt }) => recordedAt);
    expect(recorded).toEqual([...recorded].sort());
  });

  it('records every fact within its period, in the time of Shanghai', () => {
    const inShanghai = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    for (const { effectiveOn, period, recordedAt, siteCode } of sample.events) {
      const day = inShanghai.format(new Date(recordedAt));
      expect(day.slice(0, 7), siteCode).toBe(period);
      expect(effectiveOn.slice(0, 7), siteCode).toBe(period);
      expect(day >= effectiveOn, siteCode).toBe(true);
    }
  });

  it('never lets progress or treated area fall', () => {
    eachStep((before, event) => {
      expect(event.progressPercent, event.siteCode).toBeGreaterThanOrEqual(before.progressPercent);
      expect(event.treatedAreaSquareMeters, event.siteCode).toBeGreaterThanOrEqual(
        before.treatedAreaSquareMeters,
      );
    });
    for (const { status, progressPercent } of sample.events) {
      if (statuses[status].counts.completed) expect(progressPercent).toBe(100);
      else if (!statuses[status].counts.started) expect(progressPercent).toBe(0);
    }
  });

  it('ends where the site stands', () => {
    for (const { site, events } of histories) {
      const last = events.at(-1);
      expect(site.properties).toMatchObject({
        status: last?.status,
        progress_percent: last?.progressPercent,
        treated_area_m2: last?.treatedAreaSquareMeters,
      });
      const stay = events.slice(events.findLastIndex(({ status }) => status !== last?.status) + 1);
      expect(site.properties.status_on).toBe(stay[0]?.effectiveOn);
    }
  });

  it('dates start, completion and acceptance by their events, with document and three years of aftercare', () => {
    for (const { site, events } of histories) {
      const { started_on, completed_on, accepted_on, acceptance_document, aftercare_until } = site.properties;
      const started = events.find(({ status }) => status === 'in_progress' || status === 'natural_recovery');
      const accepted = events.findLast(({ status }) => status === 'city_accepted');
      expect(started_on).toBe(started?.effectiveOn ?? null);
      expect(completed_on).toBe(events.findLast(({ status }) => status === 'completed')?.effectiveOn ?? null);
      expect(accepted_on).toBe(accepted?.effectiveOn ?? null);
      if (accepted === undefined) {
        expect([acceptance_document, aftercare_until]).toEqual([null, null]);
      } else {
        expect(accepted.note).toContain(String(acceptance_document));
        expect(Number(String(aftercare_until).slice(0, 4))).toBe(
          Number(accepted.effectiveOn.slice(0, 4)) + 3,
        );
      }
    }
  });

  it('accepts and closes by lists: one document, one day, many sites', () => {
    for (const status of ['city_accepted', 'closed'] as const) {
      const lists = Map.groupBy(
        sample.events.filter((event) => event.status === status),
        ({ note }) => note,
      );
      for (const [note, events] of lists) {
        expect(note).toMatch(/示意(验|销)〔20\d\d〕\d+号$/);
        expect(new Set(events.map(({ effectiveOn }) => effectiveOn)).size, String(note)).toBe(1);
      }
      expect(Math.max(...[...lists.values()].map((events) => events.length))).toBeGreaterThan(3);
    }
  });

  it('leaves 406 of 535 completed and 172 closed, none taken off the list', () => {
    const count = (holdsFor: (status: StatusId) => boolean): number =>
      sites.filter(({ properties }) => holdsFor(properties.status as StatusId)).length;
    expect(count((status) => statuses[status].counts.listed)).toBe(535);
    expect(count((status) => statuses[status].counts.completed)).toBe(406);
    expect(count((status) => statuses[status].counts.closed)).toBe(172);
    expect(count((status) => statuses[status].phase === 'in_works')).toBe(70);
    expect(count((status) => statuses[status].phase === 'preparing')).toBe(32);
    expect(count((status) => statuses[status].phase === 'not_started')).toBe(21);
    expect(count((status) => status === 'rectifying')).toBe(6);
  });

  it('has counties ahead and counties behind', () => {
    const byCounty = Map.groupBy(sites, ({ properties }) => properties.county_adcode);
    const rates = [...byCounty.values()].map(
      (own) =>
        own.filter(({ properties }) => statuses[properties.status as StatusId].counts.completed).length /
        own.length,
    );
    expect(Math.min(...rates)).toBeLessThan(0.65);
    expect(Math.max(...rates)).toBeGreaterThan(0.85);
    expect(Math.max(...rates)).toBeLessThan(1);
  });

  it('declares nearly, not exactly, the base area, as a real list does', () => {
    const total = sites.reduce((sum, { properties }) => sum + Number(properties.declared_area_m2), 0);
    expect(total).not.toBe(12_620_000);
    expect(Math.abs(total / 12_620_000 - 1)).toBeLessThan(0.01);
  });
});
