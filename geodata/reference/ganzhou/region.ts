/**
 * Ganzhou 赣州 (360700). Sources: counties, places and rivers as noted in the JSON files beside this
 * one; the campaign from 《美丽赣州建设行动实施方案(2022-2025年)》, 赣市府办字〔2022〕135号, task 17.
 */
import { type Region, regionSchema } from '../region-schema.ts';
import counties from './counties.json' with { type: 'json' };
import outlines from './counties-schematic.json' with { type: 'json' };
import places from './places.json' with { type: 'json' };
import rivers from './rivers-schematic.json' with { type: 'json' };

/** Rings of the schematic outline of a county; the file holds Polygons and MultiPolygons. */
function outlineOf(adcode: string): unknown {
  const feature = outlines.features.find((candidate) => candidate.properties.adcode === adcode);
  if (feature === undefined) throw new Error(`counties-schematic.json has no outline of ${adcode}`);
  return feature.geometry.type === 'Polygon' ? [feature.geometry.coordinates] : feature.geometry.coordinates;
}

/**
 * Where which mineral is plausible, by common knowledge of the region (rare earth in the south, tungsten in the
 * west and south-west): chosen for the sample, no source, never shown as fact.
 */
const mineralWeights = {
  360702: { 砖瓦黏土: 5, 建筑石料: 5 },
  360703: { 砖瓦黏土: 9, 建筑石料: 6, 稀土: 1, 煤: 1 },
  360704: { 稀土: 14, 建筑石料: 8, 钨: 5, 砖瓦黏土: 5 },
  360722: { 稀土: 17, 建筑石料: 8, 煤: 5, 石灰岩: 3, 砖瓦黏土: 4 },
  360723: { 钨: 22, 建筑石料: 6, 萤石: 2 },
  360724: { 钨: 7, 建筑石料: 6, 石灰岩: 4, 砖瓦黏土: 2 },
  360725: { 钨: 22, 萤石: 4, 建筑石料: 6 },
  360726: { 稀土: 28, 建筑石料: 6, 钨: 1 },
  360728: { 稀土: 20, 钨: 8, 建筑石料: 5 },
  360729: { 稀土: 9, 钨: 7, 萤石: 3, 建筑石料: 5 },
  360730: { 建筑石料: 12, 稀土: 5, 萤石: 5, 砖瓦黏土: 6, 钨: 2 },
  360731: { 钨: 11, 石灰岩: 6, 建筑石料: 10, 煤: 5, 砖瓦黏土: 5 },
  360732: { 萤石: 12, 石灰岩: 5, 建筑石料: 12, 稀土: 3, 砖瓦黏土: 5 },
  360733: { 萤石: 4, 石灰岩: 6, 建筑石料: 9, 煤: 3, 稀土: 3 },
  360734: { 稀土: 40, 建筑石料: 5 },
  360735: { 萤石: 5, 建筑石料: 8, 砖瓦黏土: 3 },
  360781: { 萤石: 6, 石灰岩: 5, 建筑石料: 9, 砖瓦黏土: 4 },
  360783: { 稀土: 28, 钨: 2, 建筑石料: 7 },
};

export const ganzhou: Region = regionSchema.parse({
  id: 'ganzhou',
  title: { zh: '赣州市', en: 'Ganzhou' },
  bureau: { zh: '赣州市自然资源局', en: 'Ganzhou Bureau of Natural Resources' },
  adcode: '360700',
  extent: [113.91, 24.48, 116.64, 27.15],
  homeZones: [
    { zone: 38, centralMeridian: 114, prefixedSrid: 4526, plainSrid: 4547 },
    { zone: 39, centralMeridian: 117, prefixedSrid: 4527, plainSrid: 4548 },
  ],
  counties: counties.counties.map((county) => ({
    adcode: county.adcode,
    name: county.name,
    nameEn: county.name_en,
    pinyin: county.pinyin,
    seat: county.seat_lng_lat,
    areaKm2: county.area_km2,
    formerAdcodes: county.former.map((former) => former.adcode),
    outline: outlineOf(county.adcode),
  })),
  zones: [
    {
      code: 'GZJKQ',
      name: '赣州经济技术开发区',
      nameEn: 'Ganzhou Economic Development Zone',
      countyAdcode: '360702',
    },
    { code: 'RJXQ', name: '蓉江新区', nameEn: 'Rongjiang New District', countyAdcode: '360702' },
    {
      code: 'LNJKQ',
      name: '龙南经济技术开发区',
      nameEn: 'Longnan Economic Development Zone',
      countyAdcode: '360783',
    },
  ],
  rivers: rivers.rivers,
  places: places.places.map((place) => ({
    id: place.id,
    name: place.name,
    kind: place.kind,
    level: place.level,
    adcode: place.adcode,
    center: [place.lng, place.lat],
    accuracyMeters: place.coordinate_accuracy_m,
    areaHa: place.area_ha,
    nameChecked: place.name_checked,
    note: place.note,
  })),
  campaign: {
    code: 'ganzhou-2022-2025',
    name: {
      zh: '美丽赣州建设行动(2022-2025年)废弃露天矿山治理',
      en: 'Abandoned open-pit mine remediation, Beautiful Ganzhou 2022–2025',
    },
    document: '赣市府办字〔2022〕135号',
    baseCount: 535,
    baseAreaSquareMeters: 12_620_000,
    from: '2022-12-28',
    to: '2025-12-31',
  },
  sample: {
    seed: 20250930,
    historyFrom: '2023-01-01',
    asOf: '2025-09-30',
    redLineCount: 412,
    corridorCount: 11,
    mineralWeights,
    corridorSystems: [
      {
        name: '南岭-罗霄山脉',
        minElevationMeters: 400,
        count: 6,
        countyAdcodes: [
          '360702',
          '360703',
          '360704',
          '360722',
          '360723',
          '360724',
          '360725',
          '360726',
          '360728',
          '360729',
          '360783',
        ],
      },
      {
        name: '武夷山西麓',
        minElevationMeters: 300,
        count: 5,
        countyAdcodes: ['360730', '360731', '360732', '360733', '360734', '360735', '360781'],
      },
    ],
  },
});
