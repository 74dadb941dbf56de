/** Keeps one import job open for the fuzzer to pull at, whose file can never become features: nothing may change. */
import type { FuzzRequest } from './fuzz-request.ts';
import type { FuzzedApp } from './fuzzed-app.ts';

/** Stands in a generated request for the id of the open job. */
export const jobPlaceholder = 'JOB';

export type OpenJob = {
  /** Undefined where nobody can sign in. */
  id(): string | undefined;
  /** Opens another one where it is gone, and discards those that requests of the fuzzer have opened. */
  refresh(): Promise<void>;
};

/** Points, which no layer takes. */
const points = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { name: '点', code: 'x' },
      geometry: { type: 'Point', coordinates: [115, 25] },
    },
    { type: 'Feature', properties: { name: '<script>marker()</script>', code: '' }, geometry: null },
  ],
});

export function keepJobOpen(app: FuzzedApp): OpenJob {
  const headers = Object.fromEntries(app.administratorHeaders);
  const isPossible =
    app.administratorHeaders.length > 0 && app.routes.some(({ path }) => path === '/api/imports');
  let id: string | undefined;

  async function open(): Promise<string | undefined> {
    const body = new FormData();
    body.append('files', new Blob([points]), '点.geojson');
    const response = await fetch(`${app.url}/api/imports`, { method: 'POST', headers, body });
    return response.status === 201 ? ((await response.json()) as { id: string }).id : undefined;
  }

  return {
    id: () => id,
    async refresh() {
      if (!isPossible) return;
      const response = await fetch(`${app.url}/api/imports`, { headers });
      if (!response.ok) return;
      const { jobs } = (await response.json()) as { jobs: { id: string }[] };
      for (const job of jobs.filter((each) => each.id !== id))
        await fetch(`${app.url}/api/imports/${job.id}`, { method: 'DELETE', headers });
      if (!jobs.some((job) => job.id === id)) id = await open();
    },
  };
}

/** With the id of the open job in place of its placeholder. */
export function withJob(request: FuzzRequest, id: string | undefined): FuzzRequest {
  return { ...request, target: request.target.replaceAll(`/${jobPlaceholder}`, `/${id ?? jobPlaceholder}`) };
}
