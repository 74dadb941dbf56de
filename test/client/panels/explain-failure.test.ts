import { describe, expect, it } from 'vitest';
import { RequestError } from '../../../client/api/request.ts';
import { en } from '../../../client/i18n/en.ts';
import { zh } from '../../../client/i18n/zh.ts';
import { explainFailure } from '../../../client/panels/explain-failure.ts';

describe('explainFailure', () => {
  it('says what to do when the service is away, in the language of the page', () => {
    const error = new RequestError({ cause: 'unreachable' });
    expect(explainFailure(error, zh)).toEqual({ what: '连接不上服务', todo: zh.errors.unreachableDo });
    expect(explainFailure(error, en).what).toBe(en.errors.unreachable);
  });

  it('hands on the words of the service', () => {
    const problem = { status: 404, title: '没有这个图层', detail: '请从图层目录中选择。' };
    expect(explainFailure(new RequestError({ cause: 'refused', problem }), zh)).toEqual({
      what: '没有这个图层',
      todo: '请从图层目录中选择。',
    });
  });

  it('names the place where an answer was not understood', () => {
    const error = new RequestError({ cause: 'unexpected', status: 200, reason: 'layers.0: Invalid input' });
    expect(explainFailure(error, en).what).toContain('layers.0: Invalid input');
  });
});
