import { describe, expect, it } from 'vitest';
import { openSteps, stepOf } from '../../../../client/panels/import/wizard-steps.ts';
import type { ImportJob, Inspection } from '../../../../geodata/contract/imports.ts';

const settled = {
  crs: { srid: 4526, name: { zh: '38带', en: 'zone 38' } },
  partProblem: null,
  rowCount: 3,
} as Inspection;

function job(state: ImportJob['state'], more: Partial<ImportJob> = {}) {
  return { state, settings: {}, inspection: settled, ...more };
}
const mapped = { layerId: 'rivers', mapping: { name: 'MC' } };

describe('the step of a job', () => {
  it('follows the state where the service is at work or at its end', () => {
    expect(stepOf(job('reading', { inspection: null }), null)).toBe('inspect');
    expect(stepOf(job('checking', { settings: mapped }), 'map')).toBe('confirm');
    expect(stepOf(job('importing', { settings: mapped }), 'map')).toBe('result');
    expect(stepOf(job('done', { settings: mapped }), 'inspect')).toBe('result');
  });

  it('leaves the reader where a choice is still open', () => {
    expect(stepOf(job('inspected', { inspection: { ...settled, crs: null } }), 'map')).toBe('inspect');
    const unclear = { ...settled, partProblem: { zh: '有两个图层', en: 'two parts' } };
    expect(stepOf(job('inspected', { inspection: unclear }), 'map')).toBe('inspect');
    expect(stepOf(job('inspected'), 'confirm')).toBe('inspect');
  });

  it('goes where the reader wants among what is open', () => {
    expect(stepOf(job('inspected'), 'map')).toBe('map');
    expect(stepOf(job('checked', { settings: mapped }), 'map')).toBe('map');
  });

  it('finds the furthest step again after a reload', () => {
    expect(stepOf(job('inspected', { settings: mapped }), null)).toBe('confirm');
    expect(stepOf(job('inspected', { settings: { layerId: 'rivers' } }), null)).toBe('map');
    expect(stepOf(job('checked', { settings: mapped }), null)).toBe('confirm');
  });

  it('lets what failed or was cancelled be taken up again where the file was read', () => {
    expect(openSteps(job('failed', { settings: mapped }))).toEqual(['inspect', 'map', 'confirm']);
    expect(openSteps(job('failed', { inspection: null }))).toEqual([]);
    expect(stepOf(job('cancelled', { settings: mapped }), 'map')).toBe('map');
  });
});
