/**
 * Tiles of the source, asked for as seldom as can be: from disk while they are young, one request for
 * equal ones at the same time, a few requests at once, none for a while after a failure. An old tile is
 * given at once and renewed behind it.
 */
import type { Logger } from 'pino';
import { BasemapUnavailableError } from '../errors.ts';
import { createGate } from '../http/gate.ts';
import type { BasemapLayer } from './basemap-settings.ts';
import { type BreakerLimits, createCircuitBreaker } from './circuit-breaker.ts';
import {
  type FailureReason,
  type FetchLimits,
  fetchTile,
  type TilePicture,
  UpstreamError,
} from './fetch-tile.ts';
import type { SourceTile } from './tile-address.ts';
import type { TileStore } from './tile-store.ts';

export type SourceTileLimits = FetchLimits & {
  breaker: BreakerLimits;
  /** Requests to the source at once. */
  concurrent: number;
  /** How long a stored tile is given without asking again. */
  freshMs: number;
  /** How long an answer "there is none" holds. */
  missingMs: number;
  /** How long a tile that failed is not asked for again. */
  failedMs: number;
};

export const sourceTileLimits: SourceTileLimits = {
  timeoutMs: 10_000,
  maxBytes: 2 * 1024 * 1024,
  maxSide: 1024,
  breaker: { failures: 6, pauseMs: 10_000 },
  concurrent: 8,
  freshMs: 7 * 24 * 3_600_000,
  missingMs: 600_000,
  failedMs: 3_000,
};

export type SourceTileStats = {
  /** Where tiles came from. */
  outcomes: Record<'disk' | 'stale' | 'upstream' | 'missing' | 'failed', number>;
  failures: Partial<Record<FailureReason, number>>;
  isOpen: boolean;
  storedBytes: number;
};

export type SourceTiles = {
  /** Null where the source has none. Throws BasemapUnavailableError. */
  get(layer: BasemapLayer, tile: SourceTile): Promise<TilePicture | null>;
  stats(): SourceTileStats;
  /** Ends requests under way. */
  close(): void;
};

const mostRemembered = 20_000;

export function createSourceTiles(
  hosts: readonly string[],
  store: TileStore,
  log: Logger,
  limits: SourceTileLimits,
): SourceTiles {
  const breaker = createCircuitBreaker(limits.breaker);
  const gate = createGate({ running: limits.concurrent, waiting: 400, waitMs: limits.timeoutMs });
  const underWay = new Map<string, Promise<TilePicture | null>>();
  /** Tiles not to be asked for until then: there are none (`missing`), or they just failed. */
  const silent = new Map<string, { until: number; missing: boolean }>();
  const outcomes: SourceTileStats['outcomes'] = { disk: 0, stale: 0, upstream: 0, missing: 0, failed: 0 };
  const failures: SourceTileStats['failures'] = {};
  const closing = new AbortController();

  function remember(key: string, missing: boolean): void {
    const [oldest] = silent.keys();
    if (silent.size >= mostRemembered && oldest !== undefined) silent.delete(oldest);
    silent.delete(key);
    silent.set(key, { until: performance.now() + (missing ? limits.missingMs : limits.failedMs), missing });
  }

  function noteFailure(key: string, error: unknown): void {
    if (closing.signal.aborted) return;
    remember(key, false);
    const reason = error instanceof UpstreamError ? error.reason : 'unreachable';
    failures[reason] = (failures[reason] ?? 0) + 1;
    const wasOpen = breaker.isOpen();
    breaker.failed();
    if (wasOpen || !breaker.isOpen()) return;
    const detail = error instanceof UpstreamError ? error.message : reason;
    log.warn({ hosts, detail }, 'basemap: its server fails, tried again now and then');
  }

  /** Asks the source; equal questions share one request. Throws BasemapUnavailableError. */
  function ask(key: string, layer: BasemapLayer, tile: SourceTile): Promise<TilePicture | null> {
    const running = underWay.get(key);
    if (running !== undefined) return running;
    const said = silent.get(key);
    if (said !== undefined && performance.now() < said.until) {
      return said.missing ? Promise.resolve(null) : Promise.reject(unavailable());
    }
    const work = gate
      .run(async () => {
        if (closing.signal.aborted || !breaker.allows()) throw unavailable();
        try {
          const picture = await fetchTile(layer.addressOf(tile), hosts, limits, closing.signal);
          if (breaker.isOpen()) log.info({ hosts }, 'basemap: its server answers again');
          breaker.succeeded();
          silent.delete(key);
          if (picture === null) remember(key, true);
          else await store.write(key, picture.bytes);
          return picture;
        } catch (error) {
          noteFailure(key, error);
          throw unavailable();
        }
      })
      .finally(() => underWay.delete(key));
    underWay.set(key, work);
    return work;
  }

  return {
    async get(layer, tile) {
      const key = [layer.id, tile.matrix, tile.row, tile.column].join('/');
      const stored = await store.read(key);
      if (stored !== null) {
        const isFresh = Date.now() - stored.storedAtMs < limits.freshMs;
        outcomes[isFresh ? 'disk' : 'stale'] += 1;
        if (!isFresh) ask(key, layer, tile).catch(() => undefined);
        return stored;
      }
      try {
        const picture = await ask(key, layer, tile);
        outcomes[picture === null ? 'missing' : 'upstream'] += 1;
        return picture;
      } catch (error) {
        outcomes.failed += 1;
        throw error;
      }
    },
    stats: () => ({ outcomes, failures, isOpen: breaker.isOpen(), storedBytes: store.bytes() }),
    close: () => closing.abort(),
  };
}

function unavailable(): BasemapUnavailableError {
  return new BasemapUnavailableError({
    zh: '底图服务暂时没有给出此处的图片,其他图层不受影响。稍后会自动再取。',
    en: 'The basemap service gives no picture of this place at the moment; other layers are not affected. It is asked again by itself.',
  });
}
