/** Two mine sites of 兴国县 and one of 宁都县, each a square of about 200 m, as evidence tests need them. */
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { Database } from '../../server/db/database.ts';

/** South-west corners; the squares go 0.002° east and north. */
export const corners = { 'A-001': [115.35, 26.3], 'A-002': [115.5, 26.4], 'B-001': [116.0, 26.5] } as const;

const setUp = `
with d as (
  insert into app.dataset (layer_id, kind, title, source, as_of)
  values ('mine_sites', 'sample', '示意矿山', 'by hand', '2025-09-30') returning id),
unit as (
  insert into app.reporting_unit (code, name, name_en, kind, county_adcode, sort_order) values
    ('360732', '兴国县', 'Xingguo', 'county', '360732', 1),
    ('360730', '宁都县', 'Ningdu', 'county', '360730', 2)
  on conflict do nothing)
insert into geo.mine_site (code, name, county_adcode, status, dataset_id, geom)
select s.code, s.name, s.county, 'in_progress', d.id,
  ST_Multi(ST_MakeEnvelope(s.lng, s.lat, s.lng + 0.002, s.lat + 0.002, 4490))
from d, (values
  ('A-001', '甲矿', '360732', 115.35, 26.3),
  ('A-002', '乙矿', '360732', 115.5, 26.4),
  ('B-001', '丙矿', '360730', 116.0, 26.5)) as s (code, name, county, lng, lat)`;

export async function addMineSites(database: Database): Promise<void> {
  await database.query(setUp, [], { class: 'bulk' });
}

/** An account as the use cases are handed it; it stands in no table. */
export const editorOfTests: SignedInAccount = {
  role: 'editor',
  id: '00000000-0000-4000-8000-000000000001',
  username: 'editor',
  name: '填报员',
  layers: ['mine_sites'],
  units: ['360732'],
  mustChangePassword: false,
};
