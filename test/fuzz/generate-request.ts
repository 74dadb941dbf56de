/** A request from a route, a vocabulary and random numbers: mostly honest with something wrong in it. */
import type { ListedRoute } from '../../server/http/list-routes.ts';
import { seededRandom } from '../engines/random.ts';
import type { FuzzRequest } from './fuzz-request.ts';
import { brokenEscapes, nastyBodies, nastyHeaders, nastyMethods, nastyTexts } from './nasty-values.ts';
import { fillPath, type Vocabulary } from './vocabulary.ts';

export type Territory = {
  host: string;
  routes: readonly ListedRoute[];
  vocabulary: Vocabulary;
  /** Whether there is an administrator to send requests as. */
  hasAdministrator: boolean;
};

type Chance = { (): number; pick<T>(list: readonly T[]): T; happens(share: number): boolean };

/** Request number `index` of a run with `seed`: the same for the same territory. */
export function generateRequest(seed: number, index: number, territory: Territory): FuzzRequest {
  const random = chanceOf(seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)));
  const { method: routeMethod, path } = random.pick(territory.routes);
  const method = random.happens(0.08) ? random.pick(nastyMethods) : routeMethod;
  const target = mutateTarget(targetOf(path, territory.vocabulary, random), random);
  const request: FuzzRequest = {
    method,
    target,
    headers: headersOf(territory.host, random),
    as: territory.hasAdministrator && random.happens(0.5) ? 'administrator' : 'anonymous',
  };
  const wantsBody = /^(POST|PUT|PATCH)$/.test(method);
  return random.happens(wantsBody ? 0.9 : 0.04) ? withBody(request, territory.vocabulary, random) : request;
}

function chanceOf(random: () => number): Chance {
  return Object.assign(random, {
    pick: <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T,
    happens: (share: number) => random() < share,
  });
}

function targetOf(pattern: string, { examples, parameters }: Vocabulary, random: Chance): string {
  const path = fillPath(pattern.replace(/\*\w*/g, 'x'), (name) => {
    if (random.happens(0.1)) return random.pick(brokenEscapes);
    if (random.happens(0.25)) return encodeURIComponent(random.pick(nastyTexts)) || '%20';
    return encodeURIComponent(random.pick(examples.get(name) ?? ['1']));
  });
  const known = parameters.get(pattern) ?? ['lang'];
  const count = random.happens(0.4) ? 0 : 1 + Math.floor(random() * 4);
  const query = Array.from({ length: count }, () => {
    const name = random.happens(0.9) ? random.pick(known) : encodeURIComponent(random.pick(nastyTexts));
    return `${name}=${pickValue(name, examples, random)}`;
  });
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function pickValue(name: string, examples: Vocabulary['examples'], random: Chance): string {
  const honest = examples.get(name);
  if (random.happens(0.06)) return random.pick(brokenEscapes);
  if (honest === undefined || random.happens(0.4)) return encodeURIComponent(random.pick(nastyTexts));
  if (name === 'bbox' && random.happens(0.5)) return randomBox(random);
  return encodeURIComponent(random.pick(honest));
}

function randomBox(random: Chance): string {
  const [west, south] = [113.5 + 3 * random(), 24 + 3 * random()];
  return [west, south, west + random() ** 3, south + random() ** 3].map((each) => each.toFixed(5)).join();
}

/** Now and then a character is changed, doubled or dropped, the path goes astray, or is given as to a proxy. */
function mutateTarget(target: string, random: Chance): string {
  if (random.happens(0.03)) {
    const at = 1 + Math.floor(random() * target.length);
    const piece = random.pick(['', '/', '//', '%', '?', '#', '\\', '\x7f', 'é', ';', '..', '/../', ' ']);
    return target.slice(0, at) + piece + target.slice(at + 1);
  }
  if (random.happens(0.01))
    return random.pick([
      '*',
      '//',
      '//attacker.example/',
      '/\\attacker.example',
      '?',
      'x',
      '/lantu',
      '/.env',
      '/assets/',
      '/assets/..%2f..%2fpackage.json',
    ]);
  if (random.happens(0.01))
    return `http://${random.pick(['localhost', 'attacker.example', 'user:pw@localhost', ''])}${target}`;
  return target;
}

function headersOf(host: string, random: Chance): FuzzRequest['headers'] {
  const headers: FuzzRequest['headers'] = random.happens(0.99) ? [['Host', host]] : [];
  const count = random.happens(0.6) ? 0 : 1 + Math.floor(random() * 3);
  for (let number = 0; number < count; number += 1) {
    const [name, value] = random.pick(nastyHeaders);
    // A header of UTF-8 goes over the wire as bytes.
    const bytes = Buffer.from(value).toString('latin1');
    if (name === 'Host' && random.happens(0.7)) headers.shift();
    headers.push([name, bytes]);
  }
  if (random.happens(0.003))
    for (let number = 0; number < 150; number += 1) headers.push([`X-${number}`, 'a']);
  return headers;
}

function withBody(request: FuzzRequest, { examples }: Vocabulary, random: Chance): FuzzRequest {
  const framing: FuzzRequest['framing'] = random.happens(0.9)
    ? random.pick(['length', 'length', 'chunked'])
    : random.pick(['too-long', 'too-short', 'bad-chunks', 'both']);
  const [type, body] = random.pick([jsonBody, jsonBody, multipartBody, garbageBody])(examples, random);
  return { ...request, headers: [...request.headers, ['Content-Type', type]], body, framing };
}

type BodyMaker = (examples: Vocabulary['examples'], random: Chance) => [type: string, body: string];

const jsonBody: BodyMaker = (examples, random) => {
  const names = [...examples.keys(), 'settings', 'columns', 'skipRejected', 'part', 'csrfToken'];
  const entries = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
    const name = random.happens(0.9) ? random.pick(names) : random.pick(nastyTexts);
    const honest = random.pick(examples.get(name) ?? ['1']);
    const value = random.pick<unknown>([
      honest,
      honest,
      random.pick(nastyTexts),
      1,
      -1e300,
      null,
      true,
      [],
      {},
      [[]],
    ]);
    return [name, value];
  });
  return ['application/json', Buffer.from(JSON.stringify(Object.fromEntries(entries))).toString('latin1')];
};

const multipartBody: BodyMaker = (examples, random) => {
  const boundary = random.happens(0.9) ? 'edge' : 'other';
  const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const isFile = random.happens(0.6);
    const name = isFile ? random.pick(['file', 'files', 'x']) : random.pick([...examples.keys()]);
    const fileName = random.pick([
      'a.geojson',
      'a.zip',
      '../../a.shp',
      '图斑.dbf',
      'a\0.zip',
      '',
      'a.exe',
      'x'.repeat(500),
    ]);
    const content = random.pick([
      ...nastyBodies.slice(0, 9),
      ...nastyBodies.slice(13, 18),
      '{"type":"FeatureCollection","features":[]}',
    ]);
    const disposition = `form-data; name="${name}"${isFile ? `; filename="${fileName}"` : ''}`;
    return `--edge\r\nContent-Disposition: ${Buffer.from(disposition).toString('latin1')}\r\n\r\n${content}\r\n`;
  });
  const end = random.happens(0.9) ? '--edge--\r\n' : '';
  return [`multipart/form-data; boundary=${boundary}`, parts.join('') + end];
};

const garbageBody: BodyMaker = (_examples, random) => [
  random.pick(['application/json', 'application/octet-stream', 'text/plain', 'application/zip']),
  random.pick(nastyBodies),
];
