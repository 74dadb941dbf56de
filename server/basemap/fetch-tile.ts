/**
 * One tile from the configured server. Only its own hosts are asked, whatever a redirect says; nothing of
 * the reader's request goes there; an answer counts only if it is a picture of a bearable size.
 */
import { type ImageType, imageTypeOf } from './image-type.ts';

export type TilePicture = { bytes: Buffer; type: ImageType };

/** Why a server gave no picture; part of log and metrics. */
export type FailureReason =
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'server-error'
  | 'redirected'
  | 'not-an-image'
  | 'too-large';

/** Its text never holds the address, which may hold a key. */
export class UpstreamError extends Error {
  readonly reason: FailureReason;
  constructor(reason: FailureReason, detail: string) {
    super(`${reason}: ${detail}`);
    this.name = 'UpstreamError';
    this.reason = reason;
  }
}

export type FetchLimits = {
  timeoutMs: number;
  maxBytes: number;
  /** Pixels on a side; a small file can unfold to any size. */
  maxSide: number;
};

const mostRedirects = 3;
const missingStatuses = [204, 404, 410];
const redirectStatuses = [301, 302, 303, 307, 308];

/**
 * The picture at `address`, or null where the server says there is none (204, 404, 410).
 * Throws UpstreamError; its reason says what was wrong.
 */
export async function fetchTile(
  address: URL,
  hosts: readonly string[],
  limits: FetchLimits,
  stop: AbortSignal,
): Promise<TilePicture | null> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(limits.timeoutMs)]);
  try {
    const response = await followOwnHosts(address, hosts, signal);
    if (missingStatuses.includes(response.status)) {
      await response.body?.cancel();
      return null;
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new UpstreamError(
        response.status >= 500 ? 'server-error' : 'refused',
        `status ${response.status}`,
      );
    }
    const bytes = await readBounded(response, limits.maxBytes);
    return { bytes, type: await checkPicture(bytes, limits.maxSide) };
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    if (signal.aborted) throw new UpstreamError('timeout', `no whole answer in ${limits.timeoutMs} ms`);
    throw new UpstreamError('unreachable', causeCode(error));
  }
}

async function followOwnHosts(
  address: URL,
  hosts: readonly string[],
  signal: AbortSignal,
): Promise<Response> {
  let at = address;
  for (let step = 0; step <= mostRedirects; step += 1) {
    const response = await fetch(at, {
      redirect: 'manual',
      signal,
      headers: {
        accept: 'image/webp,image/png,image/jpeg;q=0.9',
        'accept-encoding': 'identity',
        'user-agent': 'Lantu',
      },
    });
    if (!redirectStatuses.includes(response.status)) return response;
    await response.body?.cancel();
    const location = response.headers.get('location');
    const next = location !== null && URL.canParse(location, at.href) ? new URL(location, at) : null;
    if (next === null || !hosts.includes(next.host) || !/^https?:$/.test(next.protocol)) {
      throw new UpstreamError('redirected', 'to a place that is not configured');
    }
    if (at.protocol === 'https:' && next.protocol === 'http:') {
      throw new UpstreamError('redirected', 'from https to http');
    }
    at = next;
  }
  throw new UpstreamError('redirected', `more than ${mostRedirects} times`);
}

async function readBounded(response: Response, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new UpstreamError('too-large', `more than ${maxBytes} bytes`);
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the rest of the answer.
    if (length > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The type of a picture that can be drawn. Throws UpstreamError for anything else. */
async function checkPicture(bytes: Buffer, maxSide: number): Promise<ImageType> {
  const type = imageTypeOf(bytes);
  if (type === null) throw new UpstreamError('not-an-image', `${bytes.length} bytes of something else`);
  // Loaded when first needed: without a basemap the service starts and runs without it.
  const { default: sharp } = await import('sharp');
  const size = await sharp(bytes)
    .metadata()
    .catch(() => null);
  if (size === null) throw new UpstreamError('not-an-image', `a broken ${type}`);
  if (size.width > maxSide || size.height > maxSide) {
    throw new UpstreamError('too-large', `${size.width} × ${size.height} pixels`);
  }
  return type;
}

/** ECONNREFUSED and the like; the message itself may name the address. */
function causeCode(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z_0-9]{1,40}$/.test(code) ? code : 'no connection';
}
