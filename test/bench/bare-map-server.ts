/** Serves the bare map page, MapLibre as its package has it, and GeoJSON kept in memory. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.geojson': 'application/geo+json',
};

/** `geoJson`: bodies by file name; `bounds` as MapLibre takes them: west, south, east, north. */
export async function serveBareMap(
  geoJson: ReadonlyMap<string, Buffer>,
  bounds: readonly number[],
): Promise<{ url: string; close(): void }> {
  const files = new Map<string, Buffer>(geoJson);
  files.set('files.json', Buffer.from(JSON.stringify({ bounds, files: [...geoJson.keys()] })));
  for (const name of ['index.html', 'bare-map.js']) {
    files.set(name, readFileSync(new URL(`bare-map/${name}`, import.meta.url)));
  }
  for (const name of ['maplibre-gl.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl.css']) {
    files.set(name, readFileSync(new URL(`../../node_modules/maplibre-gl/dist/${name}`, import.meta.url)));
  }
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1) || 'index.html';
    const body = files.get(name);
    if (body === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'text/plain' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
