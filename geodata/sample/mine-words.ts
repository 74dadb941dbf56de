/** Invented names of townships and mines that sound like the place; real ones are not used on purpose. */
import type { County } from '../reference/region-schema.ts';
import type { Random } from './random.ts';

const townshipFirst = '云竹枫松桐樟梅桃兰莲清龙凤鹤金银铜石白青黄丹福安永新大长高上下罗车杨横'.split('');
const townshipSecond = '溪塘坪湖洲田桥城源陂口岗头江村潭'.split('');
const hamletFirst = [
  ...'枫樟松竹桐杉茶梨柿桂李桃石泥沙黄白红乌青金铁铜牛马羊鹅鹰龙虎狮猴老新上下大小长圆高横'.split(''),
  ...[
    '黄泥',
    '石壁',
    '杨梅',
    '枫树',
    '油桐',
    '茶子',
    '竹篙',
    '牛角',
    '马鞍',
    '狮形',
    '龙归',
    '观音',
    '铁炉',
    '水碓',
  ],
];
const hamletSecond = '村坑岭坳背坪洞埂窝排段塅寨嶂垇磜'.split('');

const workings: Record<string, readonly string[]> = {
  稀土: ['稀土矿', '稀土矿', '稀土采矿点'],
  钨: ['钨矿', '钨矿', '钨锡矿'],
  萤石: ['萤石矿'],
  石灰岩: ['石灰石矿', '采石场'],
  建筑石料: ['采石场', '石料场', '花岗岩采石场'],
  砖瓦黏土: ['砖瓦窑', '砖厂取土场', '页岩砖厂'],
  煤: ['煤矿', '小煤矿'],
};

/** Names of the townships of a county, each once. */
export function nameTownships(count: number, random: Random): string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const name = `${random.pick(townshipFirst)}${random.pick(townshipSecond)}`;
    if (name[0] !== name[1]) names.add(`${name}${random.chance(0.6) ? '镇' : '乡'}`);
  }
  return [...names];
}

/** A mine's name that is not yet among `taken`, to which it is added. */
export function nameMine(mineral: string, taken: Set<string>, random: Random): string {
  for (;;) {
    const hamlet = `${random.pick(hamletFirst)}${random.pick(hamletSecond)}`;
    const name = `${hamlet}${random.pick(workings[mineral] ?? ['矿山'])}`;
    if (hamlet[0] === hamlet[1] || taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/**
 * Code of a site: its patches' codes without the last three digits. Two patterns are in use, `CT` with 19 digits
 * and `C` with 25; some carry a former county code, as real ones do.
 */
export function codeSite(county: County, serial: number, random: Random): string {
  const former = county.formerAdcodes[0];
  const adcode = former !== undefined && random.chance(0.4) ? former : county.adcode;
  const number = String(serial).padStart(6, '0');
  if (random.chance(0.7)) return `CT${adcode}${random.pick(['2019', '2021', '2022'])}${number}`;
  const month = String(random.integer(1, 12)).padStart(2, '0');
  return `C${adcode}${random.pick(['2009', '2011', '2014'])}${month}${random.pick(['5120', '7130', '7220'])}${number}`;
}
