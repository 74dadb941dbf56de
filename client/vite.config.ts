/** How the screen is built: relative addresses (any base path works), hashed names, the browser floor. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** MapLibre's package declares its worker free of side effects, while side effects are all it has. */
const keepMapWorker: Plugin = {
  name: 'keep-map-worker',
  transform: {
    filter: { id: /maplibre-gl-worker\.mjs$/ },
    handler: (code) => ({ code, map: null, moduleSideEffects: true }),
  },
};

/**
 * The browser fetches the map, the largest part and always needed, while it reads the first scripts. MapLibre itself is
 * read as soon as it has come, because that starts the map's worker; main.tsx imports the same modules.
 */
const startMap: Plugin = {
  name: 'start-map',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      if (bundle === undefined) return [];
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      const map = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/map/MapCanvas.tsx'));
      const setup = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith('/map/map-setup.ts')));
      if (map === undefined || setup === undefined || map === setup)
        throw new Error('the map and its setup are not chunks of their own any more');
      return [
        {
          tag: 'script',
          attrs: { type: 'module', async: true, crossorigin: true, src: `./${setup.fileName}` },
        },
        ...[map.fileName, ...map.imports]
          .filter((file) => file !== setup.fileName && !html.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
          })),
      ].map((tag) => ({ ...tag, injectTo: 'head' as const }));
    },
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react(), startMap],
  worker: { format: 'es', plugins: () => [keepMapWorker] },
  build: {
    outDir: fileURLToPath(new URL('../.build/client', import.meta.url)),
    emptyOutDir: true,
    target: ['chrome109', 'firefox115'],
    // The policy allows no data: script or style; small assets stay files of their own.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
  },
});
