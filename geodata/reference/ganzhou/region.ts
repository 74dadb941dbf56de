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
  },
});
