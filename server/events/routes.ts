/** GET /api/events: one stream a browser, telling what has changed of what its reader may read. */
import { type Request, type Response, Router } from 'express';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Change, Hello } from '../../geodata/contract/events.ts';
import type { Account } from '../../geodata/contract/session.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { readingRights } from '../accounts/reading-rights.ts';
import type { Context } from '../context.ts';
import { BusyError, NotAcceptableError } from '../errors.ts';
import { allowOnly } from '../http/methods.ts';
import { readQuery, refuseUnknown } from '../http/query-parameters.ts';
import type { ChangeFeed, Recorded, Standing } from './change-feed.ts';
import { openEventStream, type StreamTimes, usualStreamTimes } from './event-stream.ts';
import { changedLayers, isSamePlace, type Position, readPosition, writePosition } from './position.ts';

export type EventBounds = { streams: number; streamsAnAddress: number; times: StreamTimes };

/** Half of the connections of the service, and of one address: streams never keep others from asking. */
export const usualEventBounds: EventBounds = {
  streams: 500,
  streamsAnAddress: 200,
  times: usualStreamTimes,
};

export type EventRoutes = {
  router: Router;
  /** Ends every stream: browsers come back to whoever serves then. */
  endStreams(): void;
};

/** Whose events are told; the id in the catalogue. */
const mineLayerId = 'mine_sites';

export function eventRoutes(
  { catalogue }: Pick<Context, 'catalogue'>,
  accounts: Pick<Accounts, 'identify' | 'identifyAgain'>,
  feed: ChangeFeed,
  bounds: EventBounds = usualEventBounds,
): EventRoutes {
  const router = Router({ caseSensitive: true });
  const open = new Set<() => void>();
  const byAddress = new Map<string, number>();
  let isClosing = false;

  /** Takes one of the streams of an address; the returned function gives it back. */
  function takeStream(address: string): () => void {
    const own = byAddress.get(address) ?? 0;
    if (isClosing || open.size >= bounds.streams || own >= bounds.streamsAnAddress) throw tooManyStreams();
    byAddress.set(address, own + 1);
    return () => {
      const left = (byAddress.get(address) ?? 1) - 1;
      if (left > 0) byAddress.set(address, left);
      else byAddress.delete(address);
    };
  }

  async function serve(request: Request, response: Response, asked: string | undefined): Promise<void> {
    const { account } = accounts.identify(request);
    const giveBack = takeStream(request.ip ?? '');
    response.once('close', giveBack);
    const from = asked === undefined ? undefined : readPosition(asked);
    let place: Position | undefined;
    let turn: Promise<unknown> = Promise.resolve();

    const { now, stop } = await feed.listen((standing, recorded) => {
      turn = turn.then(() => tell(standing, recorded)).catch(() => stream.end());
    });
    response.once('close', stop);
    if (response.destroyed) return stop();

    const stream = openEventStream(response, bounds.times, checkAccount);
    const end = (): void => stream.end();
    open.add(end);
    stream.onClose(() => open.delete(end));

    /** Ends the stream where whoever asked has signed out, was disabled or may do other things by now. */
    async function checkAccount(): Promise<void> {
      const again = await accounts.identifyAgain(request);
      if (JSON.stringify(again.account) === JSON.stringify(account)) return;
      stream.send({ name: 'end' });
      stream.end();
    }

    async function tell(standing: Standing, recorded: Recorded): Promise<void> {
      const next = placeOf(standing, account, catalogue);
      const before = place ?? next;
      place = next;
      if (isSamePlace(before, next)) return;
      await checkAccount();
      stream.send({ name: 'change', id: writePosition(next), data: changeOf(before, next, recorded) });
    }

    place = placeOf(now, account, catalogue);
    const first = place;
    turn = turn
      .then(async () => {
        if (from === undefined) return stream.send(helloAt('hello', first));
        const recorded = from === null ? null : await feed.recordedSince(from.chains);
        const isLost = from === null || recorded === null;
        stream.send(isLost ? helloAt('reload', first) : helloAt('hello', from));
        if (isLost || isSamePlace(from, first)) return;
        stream.send({ name: 'change', id: writePosition(first), data: changeOf(from, first, recorded) });
      })
      .catch(() => stream.end());
    await turn;
  }

  router.use('/events', allowOnly('GET'));
  router.get('/events', async (request, response) => {
    const parameters = readQuery(request);
    refuseUnknown(parameters, ['after', 'lang']);
    if (!(request.headers.accept ?? '').includes('text/event-stream')) throw noStreamAsked();
    await serve(request, response, request.get('last-event-id') ?? parameters.get('after'));
  });
  return {
    router,
    endStreams() {
      isClosing = true;
      for (const end of open) end();
    },
  };
}

/** Of the layers the account may read; of the events only with the mine sites. */
function placeOf(
  { revisions, chains }: Standing,
  account: Account,
  catalogue: readonly LayerDefinition[],
): Position {
  const readable = catalogue.filter(readingRights(account, catalogue, revisions).mayRead);
  const readsMines = readable.some(({ id }) => id === mineLayerId);
  return {
    layers: Object.fromEntries(readable.map(({ id }) => [id, revisions.of(id)])),
    others: readsMines ? revisions.of('') : '',
    chains: readsMines ? chains : {},
  };
}

function helloAt(name: 'hello' | 'reload', place: Position): { name: string; id: string; data: Hello } {
  return { name, id: writePosition(place), data: { layers: place.layers } };
}

function changeOf(from: Position, to: Position, recorded: Recorded): Change {
  const readsMines = to.layers[mineLayerId] !== undefined;
  return { layers: changedLayers(from, to), sites: readsMines ? recorded : [] };
}

function noStreamAsked(): NotAcceptableError {
  return new NotAcceptableError(
    {
      zh: '此地址只提供事件流:请求头 Accept 应为 text/event-stream。',
      en: 'This address only gives a stream of events: send the header Accept: text/event-stream.',
    },
    { field: 'Accept' },
  );
}

function tooManyStreams(): BusyError {
  return new BusyError({
    zh: '同时打开的事件流过多;请改为每半分钟查询一次。',
    en: 'Too many streams are open; ask every half minute instead.',
  });
}
