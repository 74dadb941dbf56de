/** Addresses of tiles from a template such as https://host/{z}/{x}/{y}.png or …&TILEMATRIX={TileMatrix}…. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';

/** A tile of the source, in the words of WMTS. */
export type SourceTile = { matrix: string; row: number; column: number };

export type TileAddresses = {
  addressOf(tile: SourceTile): URL;
  /** `host:port` of every address there can be. */
  hosts: string[];
};

export type TemplateKind = 'xyz' | 'wmts';

/** What a placeholder may be called, in lower case, and what it stands for. */
const partOf: Record<string, 'matrix' | 'row' | 'column' | 'key' | 'set' | 'style' | 'shard'> = {
  z: 'matrix',
  tilematrix: 'matrix',
  y: 'row',
  tilerow: 'row',
  x: 'column',
  tilecol: 'column',
  key: 'key',
  tilematrixset: 'set',
  style: 'style',
  s: 'shard',
};

/** `{0-7}` or `{a-c}`: one of several hosts of the same service. */
const shardRange = /^([0-9])-([0-9])$|^([a-z])-([a-z])$/;

/** By its placeholders: {z} {x} {y}, or {TileMatrix} {TileRow} {TileCol}; null where some are missing. */
export function kindOfTemplate(template: string): TemplateKind | null {
  const names = placeholdersOf(template).map((name) => name.toLowerCase());
  const has = (...wanted: string[]) => wanted.every((name) => names.includes(name));
  if (has('tilematrix', 'tilerow', 'tilecol')) return 'wmts';
  return has('z', 'x', 'y') ? 'xyz' : null;
}

export function hasPlaceholder(template: string, name: string): boolean {
  return placeholdersOf(template).some((each) => each.toLowerCase() === name.toLowerCase());
}

/**
 * The addresses of a template that names row, column and level. What is wrong with it is told without
 * repeating it, since it may hold a key.
 */
export function tileAddresses(
  template: string,
  values: { key: string; matrixSetName: string },
): TileAddresses | { problem: Bilingual } {
  const unknown = placeholdersOf(template).filter(
    (name) => partOf[name.toLowerCase()] === undefined && !shardRange.test(name),
  );
  if (unknown.length > 0) {
    const names = unknown.map((name) => `{${name}}`).join(' ');
    return { problem: { zh: `不认识的占位符:${names}`, en: `unknown placeholders: ${names}` } };
  }
  const shards = placeholdersOf(template).flatMap(shardsOf);
  const fill = (tile: SourceTile, shard: string): URL =>
    new URL(
      template.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
        const parts = { ...tile, ...values, set: values.matrixSetName, style: 'default', shard };
        return encodeURIComponent(parts[partOf[name.toLowerCase()] ?? 'shard']);
      }),
    );
  const tried: SourceTile[] = [
    { matrix: '1', row: 0, column: 0 },
    { matrix: '12', row: 1234, column: 2345 },
  ];
  const each = shards.length === 0 ? [''] : shards;
  let hosts: string[][];
  try {
    const addresses = tried.map((tile) => each.map((shard) => fill(tile, shard)));
    const wrong = addresses
      .flat()
      .map(faultOf)
      .find((fault) => fault !== null);
    if (wrong) return { problem: wrong };
    hosts = addresses.map((some) => some.map(({ host }) => host));
  } catch {
    return {
      problem: {
        zh: '不是网址。应类似 https://主机/{z}/{x}/{y}.png',
        en: 'is no address; it should look like https://host/{z}/{x}/{y}.png',
      },
    };
  }
  if (hosts[0]?.join() !== hosts[1]?.join()) {
    return {
      problem: {
        zh: '主机名中不能有行、列、级别',
        en: 'the name of the host may not depend on row, column or level',
      },
    };
  }
  return {
    hosts: [...new Set(hosts[0])],
    addressOf: (tile) => fill(tile, each[(tile.row + tile.column) % each.length] ?? ''),
  };
}

function placeholdersOf(template: string): string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}

function shardsOf(name: string): string[] {
  if (name.toLowerCase() === 's') return ['a', 'b', 'c'];
  const range = shardRange.exec(name);
  const [from, to] = [range?.[1] ?? range?.[3], range?.[2] ?? range?.[4]];
  if (from === undefined || to === undefined) return [];
  const codes = Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, index) => index);
  return codes.map((index) => String.fromCharCode(from.charCodeAt(0) + index));
}

function faultOf(url: URL): Bilingual | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { zh: '只支持 http:// 和 https://', en: 'only http:// and https:// are supported' };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      zh: '网址中不能写用户名和密码',
      en: 'may hold no user name and password',
    };
  }
  if (/[{}]|%7B|%7D/i.test(url.href)) return { zh: '花括号不成对', en: 'has unbalanced braces' };
  return null;
}
