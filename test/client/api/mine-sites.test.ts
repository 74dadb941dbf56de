import { describe, expect, it } from 'vitest';
import { commandRequest, refusalOf } from '../../../client/api/mine-sites.ts';
import { failureOf, RequestError } from '../../../client/api/request.ts';
import { aSite } from '../panels/marking/a-site.ts';

describe('requests that mark a site', () => {
  it('go where the interface has them', () => {
    const period = '2025-09';
    const body = { effectiveOn: '2025-09-30', reason: 'x', progressPercent: 3 };
    expect(commandRequest({ do: 'correct', body })).toEqual({ method: 'POST', path: '/corrections', body });
    expect(commandRequest({ do: 'withdraw', period })).toEqual({
      method: 'POST',
      path: '/reports/2025-09/withdrawal',
    });
    expect(commandRequest({ do: 'open', period }).path).toBe('/reports/2025-09/opening');
    expect(
      commandRequest({ do: 'report', period, body: { effectiveOn: '2025-09-30', answer: {} } }).method,
    ).toBe('PUT');
  });
});

describe('a refused mark', () => {
  const refused = (status: number, more: object) =>
    new RequestError(failureOf(status, { status, title: 'refused', ...more }));

  it('brings the site as others have left it', () => {
    const current = aSite({ version: 9 });
    expect(refusalOf(refused(412, { current }))?.current?.version).toBe(9);
  });

  it('names fields and obstacles', () => {
    const problems = [{ field: 'answer.status', title: { zh: '不行', en: 'no' } }];
    expect(refusalOf(refused(422, { problems }))).toMatchObject({ problems });
    expect(refusalOf(refused(409, { obstacle: 'already_opened' }))).toMatchObject({
      obstacle: 'already_opened',
    });
  });

  it('is none where the service did not answer, or with something else', () => {
    expect(refusalOf(new RequestError({ cause: 'unreachable' }))).toBeNull();
    expect(refusalOf(refused(412, { current: { code: 'x' } }))).toBeNull();
    expect(refusalOf(new Error('x'))).toBeNull();
  });
});
