/**
 * Maps on paper, on the sample: seconds from the request to the file, sizes, memory of an atlas of all sites, and what ten
 * people who print at once leave of the speed of reading maps.
 */
import type { Engine } from '../../server/db/database.ts';
import { preparePlace } from './bench-place.ts';
import { runClosedLoop } from './closed-loop.ts';
import { type Figure, median } from './figures.ts';
import { type Service, startOurs } from './services.ts';

const allLayers = [
  'counties',
  'rivers',
  'wetland_parks',
  'protected_areas',
  'ecological_red_lines',
  'biodiversity_corridors',
  'mine_sites',
].map((id) => ({ id }));
const city = {
  template: 'city',
  paper: 'A3',
  area: { kind: 'region' },
  layers: allLayers,
  classification: 'on_request',
} as const;
const repeats = 5;
const printers = 10;
const readSeconds = 10;

export async function measureSheets(engine: Engine): Promise<Figure[]> {
  const place = await preparePlace(engine, 'nothing');
  const service = await startOurs(place, { sample: true });
  try {
    const idle = await service.residentMegabytes();
    return [
      ...(await measureSingle(service)),
      ...(await measureSeries(service, idle)),
      ...(await measurePrinting(service, engine)),
    ];
  } finally {
    await service.stop();
    await place.remove();
  }
}

async function measureSingle({ origin }: Service): Promise<Figure[]> {
  const time = async (format: string, spec: object = city, times = repeats) => {
    const seconds: number[] = [];
    let bytes = 0;
    // The first starts the thread that draws and reads its fonts.
    for (let count = 0; count <= times; count += 1) {
      const startedAt = performance.now();
      bytes = await print(origin, spec, format);
      if (count > 0) seconds.push((performance.now() - startedAt) / 1_000);
    }
    return { seconds: median(seconds), megabytes: bytes / 1e6 };
  };
  const png = await time('png');
  const pdf = await time('pdf');
  const svg = await time('svg');
  const wall = await time('png', { ...city, template: 'wall', paper: 'A0' }, 1);
  return [
    {
      what: 'city A3, all layers, PNG 300 dpi',
      value: png.seconds,
      unit: 's',
      aim: { of: 'value', atMost: 1.2 },
    },
    { what: 'city A3, all layers, PDF', value: pdf.seconds, unit: 's', aim: { of: 'value', atMost: 1.2 } },
    { what: 'size of that PDF', value: pdf.megabytes, unit: 'MB', aim: { of: 'value', atMost: 2 } },
    { what: 'city A3, all layers, SVG (preview)', value: svg.seconds, unit: 's' },
    { what: 'wall map A0, all layers, PNG 300 dpi', value: wall.seconds, unit: 's' },
  ];
}

async function measureSeries(service: Service, idleMegabytes: number): Promise<Figure[]> {
  const spec = { ...city, layers: undefined };
  const counties = await makeSeries(service, { ...spec, template: 'county' }, 'county');
  const sites = await makeSeries(service, { ...spec, template: 'site', paper: 'A4' }, 'site');
  return [
    {
      what: `atlas of the counties, ${counties.pages} pages, PDF`,
      value: counties.seconds,
      unit: 's',
      aim: { of: 'value', atMost: 12 },
    },
    {
      what: `site pages, ${sites.pages} pages, PDF`,
      value: sites.seconds,
      unit: 's',
      aim: { of: 'value', atMost: 120 },
    },
    {
      what: 'memory of that beyond the idle server, at most',
      value: sites.peakMegabytes - idleMegabytes,
      unit: 'MB',
      aim: { of: 'value', atMost: 700 },
    },
  ];
}

/** Reading of maps while ten people print, against reading alone. */
async function measurePrinting({ origin }: Service, engine: Engine): Promise<Figure[]> {
  const readMaps = async (localAddress: string): Promise<number> => {
    let count = 0;
    const { requestsPerSecond } = await runClosedLoop({
      origin,
      nextPath: () => {
        count += 1;
        const west = 114 + ((count * 7919) % 2_000) / 1_000;
        const south = 24.6 + ((count * 104_729) % 2_000) / 1_000;
        const bbox = [west, south, west + 0.4, south + 0.3].map((edge) => edge.toFixed(4)).join();
        return `/ogc/collections/ecological_red_lines/items?bbox=${bbox}&limit=500`;
      },
      connections: 4,
      expected: [200],
      seconds: readSeconds,
      // One address for both readings would come near the limit of requests a minute.
      localAddress,
    });
    return requestsPerSecond;
  };
  const alone = await readMaps('127.0.0.2');
  let isReading = true;
  let printed = 0;
  const startedAt = performance.now();
  const printing = Array.from({ length: printers }, async (_printer, index) => {
    while (isReading) {
      const answer = await ask(origin, city, 'pdf', `10.0.0.${index + 1}`);
      await answer.arrayBuffer();
      if (answer.status === 200) printed += 1;
      else if (![429, 503].includes(answer.status)) throw new Error(`a sheet was answered ${answer.status}`);
    }
  });
  const reading = readMaps('127.0.0.3').finally(() => {
    isReading = false;
  });
  const [beside] = await Promise.all([reading, ...printing]);
  const minutes = (performance.now() - startedAt) / 60_000;
  return [
    {
      what: `map reading while ${printers} people print, beside reading alone`,
      value: beside,
      unit: '/s',
      floor: alone,
      ...(engine === 'server' ? { aim: { of: 'ratio', atLeast: 0.5 } as const } : {}),
    },
    { what: 'sheets they get in the meantime', value: printed / minutes, unit: '/min' },
  ];
}

function ask(origin: string, spec: object, format: string, from?: string): Promise<Response> {
  const query = new URLSearchParams({ spec: JSON.stringify(spec), format, dpi: '300' });
  return fetch(
    `${origin}/api/sheets?${query}`,
    from === undefined ? {} : { headers: { 'x-forwarded-for': from } },
  );
}

async function print(origin: string, spec: object, format: string): Promise<number> {
  const answer = await ask(origin, spec, format);
  const bytes = await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${answer.status} ${new TextDecoder().decode(bytes)}`);
  return bytes.byteLength;
}

async function makeSeries(service: Service, spec: object, by: 'county' | 'site') {
  const { origin } = service;
  const startedAt = performance.now();
  const answer = await fetch(`${origin}/api/sheet-jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ spec, format: 'pdf', series: { by } }),
  });
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  let peakMegabytes = 0;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    peakMegabytes = Math.max(peakMegabytes, await service.residentMegabytes());
    const job = (await (await fetch(`${origin}/api/sheet-jobs/${id}`)).json()) as {
      state: string;
      pages: number;
    };
    if (job.state === 'queued' || job.state === 'running') continue;
    if (job.state !== 'done') throw new Error(`the atlas ended as ${JSON.stringify(job)}`);
    return { pages: job.pages, seconds: (performance.now() - startedAt) / 1_000, peakMegabytes };
  }
}
