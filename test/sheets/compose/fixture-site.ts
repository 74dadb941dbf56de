/** What a site page tells, made from one site of the sample. */
import { findCrs, fromLngLat } from '../../../geodata/domain/crs.ts';
import type { FeatureInput } from '../../../geodata/domain/feature-input.ts';
import type { SiteContent } from '../../../server/sheets/sheet-content.ts';

/** A green PNG of 8 × 6 pixels. */
const photo = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAMAAADJ2y/JAAAAA1BMVEWWqozuAmLwAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWNgIAcAAAA2AAHjaZSbAAAAAElFTkSuQmCC',
  ),
  (character) => character.charCodeAt(0),
);

/** Vertices of the first ring of each patch, repeated up to `vertices` where that is given. */
export function fixtureSite(
  site: FeatureInput,
  patches: readonly FeatureInput[],
  vertices?: number,
): SiteContent {
  const crs = findCrs(4526);
  if (crs === undefined) throw new Error('no CRS');
  const { properties } = site;
  const text = (value: unknown): string => (value === null || value === undefined ? '—' : String(value));
  const fact = (zh: string, en: string, value: unknown) => ({
    title: { zh, en },
    value: { zh: text(value), en: text(value) },
  });
  return {
    code: site.code,
    name: String(properties.name),
    facts: [
      fact('矿山编号', 'Site code', site.code),
      fact('状态', 'Status', '销号'),
      fact('所在县(市、区)', 'County', '兴国县'),
      fact('乡(镇)', 'Township', properties.township),
      fact('矿种', 'Mineral', properties.mineral),
      fact('开采方式', 'Mining method', properties.mining_method),
      fact('责任主体', 'Liability', properties.liability),
      fact('损毁类型', 'Damage', properties.damage_type),
      fact('修复方式', 'Remediation mode', properties.remediation_mode),
      fact('规划地类', 'Planned land use', properties.planned_land_use),
      fact('申报面积', 'Declared area', `${(Number(properties.declared_area_m2) / 10_000).toFixed(2)} 公顷`),
      fact('验收面积', 'Accepted area', `${(Number(properties.accepted_area_m2) / 10_000).toFixed(2)} 公顷`),
      fact('实施单位', 'Executing unit', properties.executing_unit),
      fact('开工日期', 'Started', properties.started_on),
      fact('完工日期', 'Completed', properties.completed_on),
      fact('验收日期', 'Accepted', properties.accepted_on),
      fact('验收文号', 'Acceptance document', properties.acceptance_document),
      fact('管护期至', 'Aftercare until', properties.aftercare_until),
    ],
    patches: patches.map((patch, position) => {
      const ring = patch.geometry?.type === 'MultiPolygon' ? (patch.geometry.coordinates[0]?.[0] ?? []) : [];
      const open = ring.slice(0, -1);
      const wanted = vertices ?? open.length;
      return {
        code: patch.code,
        areaSquareMeters: Number(patch.properties.declared_area_m2),
        rings: [
          {
            number: `${position + 1}`,
            vertices: Array.from({ length: wanted }, (_, index) => {
              const [lng = 0, lat = 0] = open[index % open.length] ?? [];
              const [east, north] = fromLngLat(crs, [lng, lat]);
              return [north, east] as const;
            }),
          },
        ],
      };
    }),
    vertexCrs: { srid: 4526, name: crs.name, centralMeridian: 114, kind: 'gauss-kruger-3', zone: 38 },
    timeline: [
      ['2022-03-11', '待核查', 'To verify'],
      ['2022-06-20', '已核查', 'Verified'],
      ['2022-11-02', '方案编制', 'Designing'],
      ['2023-03-15', '已立项', 'Approved'],
      ['2023-05-08', '施工中', 'In progress'],
      ['2024-04-30', '完工自验', 'Completed'],
      ['2024-06-18', '县级验收', 'County accepted'],
      ['2024-09-12', '市级验收', 'City accepted'],
      ['2024-10-10', '公示', 'Public notice'],
      ['2024-12-20', '销号', 'Closed'],
    ].map(([on = '', zh = '', en = '']) => ({ on, words: { zh, en } })),
    photos: [
      { bytes: photo, moment: 'before', takenOn: '2022-03-11', aspect: 4 / 3 },
      { bytes: photo, moment: 'after', takenOn: '2024-04-30', aspect: 4 / 3 },
    ],
  };
}
