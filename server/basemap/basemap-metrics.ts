/** What Prometheus is told of the basemap: where its tiles come from, and how its server does. */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { BasemapStats } from './basemap.ts';

export function measureBasemap(registry: Registry, stats: () => BasemapStats): void {
  const registers = [registry];
  new Counter({
    name: 'lantu_basemap_source_tiles_total',
    help: 'Tiles of the source: young or old ones from disk, fetched, not there, or failed',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(stats().outcomes)) this.inc({ outcome }, count);
    },
  });
  new Counter({
    name: 'lantu_basemap_tiles_total',
    help: 'Tiles given from memory, and tiles made by resampling',
    labelNames: ['way'],
    registers,
    collect() {
      const { remembered, resampled } = stats();
      this.reset();
      this.inc({ way: 'remembered' }, remembered);
      this.inc({ way: 'resampled' }, resampled);
    },
  });
  new Counter({
    name: 'lantu_basemap_upstream_failures_total',
    help: 'Requests to the server of the basemap that brought no picture, by reason',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset();
      for (const [reason, count] of Object.entries(stats().failures)) this.inc({ reason }, count);
    },
  });
  new Gauge({
    name: 'lantu_basemap_upstream_paused',
    help: '1 while the server of the basemap is left alone after failures in a row',
    registers,
    collect() {
      this.set(stats().isOpen ? 1 : 0);
    },
  });
  new Gauge({
    name: 'lantu_basemap_cache_bytes',
    help: 'Bytes of basemap tiles kept',
    labelNames: ['place'],
    registers,
    collect() {
      const { storedBytes, memoryBytes } = stats();
      this.set({ place: 'disk' }, storedBytes);
      this.set({ place: 'memory' }, memoryBytes);
    },
  });
}
