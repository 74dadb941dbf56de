// The least a page with a map can be: MapLibre, the same GeoJSON from files, a fill, a line and a circle for each.
import { Map as MapLibreMap, setWorkerUrl } from './maplibre-gl.mjs';

setWorkerUrl(new URL('maplibre-gl-worker.mjs', import.meta.url).href);

const { bounds, files } = await (await fetch('files.json')).json();
const sources = Object.fromEntries(
  files.map((file) => [file, { type: 'geojson', data: new URL(file, location.href).href }]),
);
const layers = files.flatMap((file, index) => {
  const color = ['#c8102e', '#2e8b57', '#1f6fb2', '#b8860b', '#7a5195', '#666666'][index % 6];
  return [
    {
      id: `${file} fill`,
      type: 'fill',
      source: file,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': color, 'fill-opacity': 0.4 },
    },
    { id: `${file} line`, type: 'line', source: file, paint: { 'line-color': color } },
    {
      id: `${file} circle`,
      type: 'circle',
      source: file,
      filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'circle-color': color },
    },
  ];
});
const map = new MapLibreMap({
  container: 'map',
  style: { version: 8, sources, layers },
  bounds,
  attributionControl: false,
});
map.once('idle', () => {
  document.getElementById('map').dataset.mapState = 'idle';
});
