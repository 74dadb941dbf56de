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

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
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
