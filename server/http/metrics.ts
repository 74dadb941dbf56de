/** What Prometheus is told: requests by class of route, the answer cache, the database pool, the process. */
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { AnswerCache } from './answer-cache.ts';

export type Metrics = {
  measure: RequestHandler;
  /** For parts that have figures of their own. */
  registry: Registry;
  /** Prometheus text and its content type. */
  text(): Promise<{ contentType: string; body: string }>;
  close(): void;
};

/** A registry of its own, so that several apps in one process do not meet. */
export function createMetrics(database: Database, cacheStats: AnswerCache['stats']): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const duration = new Histogram({
    name: 'lantu_http_request_duration_seconds',
    help: 'Time to the end of the answer, by class of route and status',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  });
  new Counter({
    name: 'lantu_answer_cache_lookups_total',
    help: 'Answers from the cache (hit), from an equal request under way (shared), or computed (miss)',
    labelNames: ['outcome'],
    registers,
    collect() {
      const { hits, shared, misses } = cacheStats();
      this.reset();
      this.inc({ outcome: 'hit' }, hits);
      this.inc({ outcome: 'shared' }, shared);
      this.inc({ outcome: 'miss' }, misses);
    },
  });
  new Gauge({
    name: 'lantu_answer_cache_bytes',
    help: 'Bytes of answers kept, every encoding counted',
    registers,
    collect() {
      this.set(cacheStats().bytes);
    },
  });
  new Gauge({
    name: 'lantu_database_connections',
    help: 'Connections of the pool by state, and requests that wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = database.pool;
      this.set({ state: 'busy' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
  return {
    registry,
    measure(request, response, next) {
      const startedAt = process.hrtime.bigint();
      response.on('close', () => {
        const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
        duration.observe({ route: routeClass(request.originalUrl), status: response.statusCode }, seconds);
      });
      next();
    },
    async text() {
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
    close() {
      registry.clear();
    },
  };
}

/** A handful of classes, whatever people ask for. */
export function routeClass(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  if (/\/ogc\/collections\/[^/]+\/items\/./.test(path)) return 'feature';
  if (/\/ogc\/collections\/[^/]+\/items$/.test(path)) return 'items';
  if (/\/ogc\/collections\/[^/]+\/tiles\/[^/]+\/./.test(path)) return 'tile';
  if (/\/ogc(\/|$)/.test(path)) return 'ogc';
  if (/\/api\/basemap(\/|$)/.test(path)) return 'basemap';
  const api = /\/api\/(catalogue|progress|search)$/.exec(path)?.[1];
  if (api !== undefined) return api;
  if (/\/api\/(imports|datasets|import-profiles)(\/|$)/.test(path)) return 'import';
  if (/\/api\/events$/.test(path)) return 'events';
  if (/\/api\/progress\/sites$/.test(path)) return 'progress';
  if (/\/api\/session$/.test(path)) return 'session';
  return /\/(health|ready|metrics)$/.test(path) ? 'system' : 'page';
}
