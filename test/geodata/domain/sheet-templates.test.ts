import { describe, expect, it } from 'vitest';
import { findLayer } from '../../../geodata/catalogue/index.ts';
import { sheetSpecSchema, sheetTemplateIds } from '../../../geodata/contract/sheets.ts';
import { layoutFor } from '../../../geodata/domain/sheet-layout.ts';
import { sheetTemplates } from '../../../geodata/domain/sheet-templates.ts';

const templates = Object.values(sheetTemplates);

describe('templates of sheets', () => {
  it('are there for every id, each under its own', () => {
    expect(templates.map(({ id }) => id).sort()).toEqual([...sheetTemplateIds].sort());
    for (const [key, { id }] of Object.entries(sheetTemplates)) expect(id).toBe(key);
  });

  it('show layers and legend entries that the catalogue has', () => {
    for (const { layers } of templates) {
      for (const { id, entries } of layers) {
        const known = findLayer(id)?.style.categories?.entries.map((entry) => entry.id) ?? [];
        expect(findLayer(id), id).toBeDefined();
        expect(known).toEqual(expect.arrayContaining(entries ?? []));
      }
    }
  });

  it('name the subject in their titles and the day in their subtitles, in both languages', () => {
    for (const { titles, subtitle } of templates) {
      for (const title of [titles.mines, titles.other]) {
        expect(title.zh).toContain('{name}');
        expect(title.en).toContain('{name}');
      }
      expect(subtitle.zh).toContain('{date}');
      expect(subtitle.en).toContain('{date}');
    }
  });

  it('take every kind of area somewhere, and a site only where a site page fits it', () => {
    const taken = new Set(templates.flatMap(({ areas }) => areas));
    expect([...taken].sort()).toEqual(['center', 'county', 'extent', 'region', 'site']);
    expect(sheetTemplates.site.areas).toEqual(['site']);
  });

  it('make a sheet from nothing but their id', () => {
    for (const { id, paper } of templates) {
      expect(sheetSpecSchema.safeParse({ template: id, paper, area: { kind: 'region' } }).success).toBe(true);
      expect(layoutFor(id, paper, 'landscape').parts).not.toEqual({});
    }
  });
});
