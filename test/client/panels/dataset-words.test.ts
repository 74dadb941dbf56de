import { describe, expect, it } from 'vitest';
import { datasetWords } from '../../../client/panels/data/dataset-words.ts';
import { rivers } from '../../../geodata/catalogue/rivers.ts';

const dataset = {
  id: '1',
  kind: 'official' as const,
  title: '水系2024',
  source: '市水利局',
  asOf: '2024-12-31',
  classification: 'public' as const,
  featureCount: 9,
  createdAt: '2025-01-02T00:00:00Z',
  sourceCrs: null,
  sourceEncoding: null,
  sourceFile: null,
  positionDoubt: null,
};

describe('datasetWords', () => {
  it('keeps what was entered with official data in either language', () => {
    expect(datasetWords({ definition: rivers }, dataset, 'en')).toMatchObject({
      title: '水系2024',
      source: '市水利局',
    });
  });

  it('tells of the sample in the language of the page', () => {
    const sample = { ...dataset, kind: 'sample' as const };
    expect(datasetWords({ definition: rivers }, sample, 'en')).toEqual({
      title: `${rivers.title.en} (sample data)`,
      source: rivers.source.en,
    });
    expect(datasetWords({ definition: rivers }, sample, 'zh-CN')).toMatchObject({ source: '市水利局' });
  });
});
