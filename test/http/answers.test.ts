/** Kept answers and rights: who may share one, and what happens when a layer is closed while its answer is made. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { type Account, anonymous } from '../../geodata/contract/session.ts';
import type { Accounts } from '../../server/accounts/accounts.ts';
import { readConfig } from '../../server/config.ts';
import { type AnswerSpec, createAnswers } from '../../server/http/answers.ts';
import { sendProblem } from '../../server/http/problem.ts';
import type { Revisions } from '../../server/system/revisions.ts';

const layer = catalogue.find(({ id }) => id === 'wetland_parks') as LayerDefinition;
const asViewer = { authorization: 'any' };
const viewer: Account = {
  role: 'viewer',
  id: '00000000-0000-4000-8000-000000000000',
  username: 'somebody',
  name: '某人',
  layers: [],
  units: [],
  mustChangePassword: false,
};

/** What the database says now. */
let state: { revision: string; isOpen: boolean };
let spec: AnswerSpec;
let server: Server;
let computed: number;
let readings: object[];

const revisions = (): Revisions => {
  const { revision, isOpen } = state;
  return {
    of: () => revision,
    all: `${revision} ${isOpen}`,
    accessTo: () => ({ anonymousReadSetting: isOpen, hasOfficialData: !isOpen }),
  };
};
const accounts = {
  identify: ({ headers }) => ({
    account: headers.authorization === undefined ? anonymous : viewer,
    csrfToken: null,
  }),
} as Accounts;

/** An import that closes the layer, in one transaction. */
const closeByImport = (): void => {
  state = { revision: '2', isOpen: false };
};
const content = () => (state.isOpen ? 'sample' : 'official');

async function ask(headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers });
  return `${answer.status} ${answer.status === 200 ? await answer.text() : ''}`.trim();
}

beforeEach(async () => {
  state = { revision: '1', isOpen: true };
  computed = 0;
  readings = [];
  const answers = createAnswers(
    { config: readConfig({}).config, catalogue },
    accounts,
    async () => revisions(),
    { count: (reading) => readings.push(reading) },
  );
  const app = express();
  app.use((request, response) => answers.send(request, response, spec));
  app.use(sendProblem);
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('an answer about one layer', () => {
  let release: () => void;
  let begun: Promise<void>;
  beforeEach(() => {
    const gate = Promise.withResolvers<void>();
    const start = Promise.withResolvers<void>();
    release = gate.resolve;
    begun = start.promise;
    spec = {
      workClass: 'features',
      readingKind: 'items',
      layer,
      revision: (now) => now.of(layer.id),
      key: 'items',
      varyLanguage: false,
      async compute() {
        computed += 1;
        start.resolve();
        await gate.promise;
        // Revision and content of one snapshot, as the statements read them.
        return { revision: state.revision, contentType: 'text/plain', body: content() };
      },
    };
  });

  it('is shared by those who may read the same, and by nobody else', async () => {
    release();
    expect(await ask()).toBe('200 sample');
    expect(await ask(asViewer)).toBe('200 sample');
    expect(computed).toBe(1);
    expect(readings).toEqual([]);
    closeByImport();
    expect(await ask(asViewer)).toBe('200 official');
    expect(await ask()).toBe('401');
  });

  it('is noted for the audit where not everybody may read it', async () => {
    release();
    closeByImport();
    await ask(asViewer);
    await ask();
    expect(readings).toEqual([{ actor: 'somebody', layerId: layer.id, kind: 'items' }]);
  });

  it('is not given to whoever asked before the layer was closed, nor to whoever joined', async () => {
    const first = ask();
    await begun;
    const joined = ask();
    await new Promise((resolve) => setTimeout(resolve, 50));
    closeByImport();
    release();
    expect(await Promise.all([first, joined])).toEqual(['401', '401']);
    expect(await ask(asViewer)).toBe('200 official');
  });
});

describe('an answer about several layers', () => {
  it('is made again without a layer that was closed meanwhile, and never kept', async () => {
    spec = {
      workClass: 'api',
      layer: null,
      revision: (now) => now.all,
      key: 'search',
      varyLanguage: false,
      async compute({ revisions: asked, mayRead }) {
        computed += 1;
        const isReadable = mayRead(layer);
        if (computed === 1) closeByImport();
        // As a statement that runs later than the look at the rights.
        return { revision: asked.all, contentType: 'text/plain', body: isReadable ? content() : 'nothing' };
      },
    };
    expect(await ask()).toBe('200 nothing');
    expect(computed).toBe(2);
    state = { revision: '1', isOpen: true };
    expect(await ask()).toBe('200 sample');
  });
});
