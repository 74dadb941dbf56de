/** Which tiles go into one statement, with a database that only counts. */
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { type Tile, tileExtentDegrees } from '../../geodata/domain/tile.ts';
import type { Database } from '../../server/db/database.ts';
import { tileBufferUnits, tileUnits } from '../../server/db/layer-tile-sql.ts';
import { DatabaseUnavailableError } from '../../server/errors.ts';
import { createTileReader } from '../../server/features/tile-reader.ts';

function layerNamed(id: string): LayerDefinition {
  const layer = catalogue.find((each) => each.id === id);
  if (layer === undefined) throw new Error(`no layer ${id}`);
  return layer;
}
const redLines = layerNamed('ecological_red_lines');
const counties = layerNamed('counties');

const row = (x: number, z = 13): Tile[] =>
  Array.from({ length: x }, (_, index) => ({ z, y: 3_000, x: index }));
const westOf = (tile: Tile): string => String(tileExtentDegrees(tile, tileBufferUnits / tileUnits)[0]);

/** Answers in reverse order, each row with the western edge of its tile as revision; `contentBytes` of properties a tile. */
function countingDatabase(contentBytes: number) {
  const statements: { tiles: number; end: () => void; fail: (error: Error) => void }[] = [];
  let isHeld = false;
  const database: Pick<Database, 'query'> = {
    async query(_text, params) {
      const wests = params.find(Array.isArray) as number[];
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      statements.push({ tiles: wests.length, end: resolve, fail: reject });
      if (isHeld) await promise;
      const rows = wests.map((west, index) => ({
        place: index + 1,
        revision: String(west),
        left_out: 0,
        features: `[${' '.repeat(contentBytes)}]`,
        shapes: null,
        anchors: null,
        axes: null,
      }));
      return rows.reverse() as never;
    },
  };
  return {
    database,
    statements,
    hold(value: boolean) {
      isHeld = value;
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('the tile reader', () => {
  it('asks for small tiles of one turn together, and gives each its own', async () => {
    const { database, statements } = countingDatabase(1_000);
    const read = createTileReader(database);
    const [first, ...others] = row(9) as [Tile, ...Tile[]];
    await read(redLines, first, null);
    const answers = await Promise.all(others.map((tile) => read(redLines, tile, null)));
    expect(answers.map(({ revision }) => revision)).toEqual(others.map(westOf));
    expect(statements.map(({ tiles }) => tiles)).toEqual([1, 4, 4]);
  });

  it('lets tiles gather while two statements run, and asks for at most eight', async () => {
    const { database, statements, hold } = countingDatabase(1_000);
    const read = createTileReader(database);
    const tiles = row(40);
    await read(redLines, tiles[0] as Tile, null);
    hold(true);
    const asked = tiles.slice(0, 2).map((tile) => read(redLines, tile, null));
    await turn();
    for (const tile of tiles.slice(2)) asked.push(read(redLines, tile, null));
    await turn();
    expect(statements.map(({ tiles: count }) => count)).toEqual([1, 1, 1]);
    hold(false);
    for (const { end } of statements) end();
    const answers = await Promise.all(asked);
    expect(answers.map(({ revision }) => revision)).toEqual(tiles.map(westOf));
    expect(statements.map(({ tiles: count }) => count)).toEqual([1, 1, 1, 8, 8, 8, 8, 3, 3]);
  });

  it('asks for large tiles, and those of which nothing is known, one by one', async () => {
    const { database, statements } = countingDatabase(40_000);
    const read = createTileReader(database);
    for (let round = 0; round < 2; round += 1)
      await Promise.all(row(5).map((tile) => read(redLines, tile, null)));
    expect(statements.map(({ tiles }) => tiles)).toEqual(Array.from({ length: 10 }, () => 1));
  });

  it('keeps layers, zooms and days apart', async () => {
    const { database, statements } = countingDatabase(1_000);
    const read = createTileReader(database);
    const askAll = () =>
      Promise.all([
        ...row(2).map((tile) => read(redLines, tile, null)),
        ...row(2, 12).map((tile) => read(redLines, tile, null)),
        ...row(2).map((tile) => read(counties, tile, null)),
        ...row(2).map((tile) => read(layerNamed('mine_sites'), tile, '2024-06-30')),
      ]);
    await askAll();
    statements.length = 0;
    const answers = await askAll();
    const wests = [...row(2), ...row(2, 12), ...row(2), ...row(2)].map(westOf);
    expect(answers.map(({ revision }) => revision)).toEqual(wests);
    // Two of each queue go on two connections; in one queue they would be fewer.
    expect(statements).toHaveLength(8);
  });

  it('passes a lost database on to those it concerns, and goes on', async () => {
    const { database, statements, hold } = countingDatabase(1_000);
    const read = createTileReader(database);
    const tiles = row(6);
    await read(redLines, tiles[0] as Tile, null);
    hold(true);
    const asked = tiles.map((tile) => read(redLines, tile, null));
    const settled = Promise.allSettled(asked);
    await turn();
    statements[1]?.fail(new DatabaseUnavailableError({ zh: '连接中断', en: 'the connection broke' }));
    statements[2]?.end();
    expect((await settled).map(({ status }) => status)).toEqual([
      ...Array.from({ length: 3 }, () => 'rejected'),
      ...Array.from({ length: 3 }, () => 'fulfilled'),
    ]);
    hold(false);
    await expect(read(redLines, tiles[0] as Tile, null)).resolves.toMatchObject({ status: 204 });
  });

  it('gives the others their tiles where the data of one cannot be drawn', async () => {
    const { database, statements, hold } = countingDatabase(1_000);
    const read = createTileReader(database);
    const tiles = row(8);
    await read(redLines, tiles[0] as Tile, null);
    hold(true);
    const settled = Promise.allSettled(tiles.map((tile) => read(redLines, tile, null)));
    await turn();
    // Four and four; those of the first are asked for one by one.
    statements[1]?.fail(new Error('a shape cannot be transformed'));
    statements[2]?.end();
    await turn();
    expect(statements.slice(3).map(({ tiles: count }) => count)).toEqual([1, 1, 1, 1]);
    statements[3]?.fail(new Error('a shape cannot be transformed'));
    for (const { end } of statements.slice(4)) end();
    expect((await settled).map(({ status }) => status)).toEqual([
      'rejected',
      ...Array.from({ length: 7 }, () => 'fulfilled'),
    ]);
  });
});
