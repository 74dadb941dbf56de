/**
 * Names under which deliveries carry the fields of a layer: words of the national vector standards
 * (BSM, XZQDM, XZQMC …) and words met in practice. Data, so that a new delivery needs a
 * line here and no code. Compared without regard to case; DBF cuts names to 10 bytes, so prefixes count.
 */

/** Aliases by field name, for every layer that has the field. */
export const fieldAliases: Readonly<Record<string, readonly string[]>> = {
  code: [
    'BSM',
    'TBBH',
    'TBBSM',
    'BH',
    'BM',
    'DM',
    '编号',
    '编码',
    '标识码',
    '图斑编号',
    '图斑编码',
    '矿山编号',
  ],
  name: ['MC', 'NAME', '名称', 'HXMC', 'KSMC', 'XMMC', 'BHDMC', 'GYMC', '矿山名称', '项目名称', '红线名称'],
  county_adcode: [
    'XZQDM',
    'XIANDM',
    'XDM',
    'XJXZQDM',
    'QXDM',
    '行政区代码',
    '行政区划代码',
    '县代码',
    '区县代码',
  ],
  adcode: ['XZQDM', 'XZQHDM', '行政区代码', '行政区划代码', 'PAC'],
  site_code: ['SSKSBH', '所属矿山', 'KSBH', 'KSBM', '矿山编号', '矿山编码', '矿山代码'],
  red_line_type: ['HXLX', 'STBHHXLX', 'LX', '红线类型', '类型'],
  batch: ['PC', '批次', '版本'],
  kind: ['LX', 'BHDLX', '类型', '类别'],
  level: ['JB', '级别', '等级'],
  mineral: ['KZ', 'ZYKZ', '矿种', '主要矿种'],
  declared_area_m2: ['SBMJ', '申报面积', 'TBMJ'],
  published_area_m2: ['PZMJ', 'GBMJ', '批准面积', '公布面积'],
  note: ['BZ', '备注', '说明'],
};

/** Aliases that hold only in one layer: XZQMC names a county where the rows are counties. */
export const layerAliases: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  counties: { name: ['XZQMC', '行政区名称'] },
  mine_sites: {
    code: ['KSBH', 'KSBM', '矿山编号', '矿山编码', '矿山代码'],
    name: ['KSMC', '矿山名称'],
  },
  mine_patches: {
    code: ['TBBH', 'TBBM', 'TBBSM', '图斑编号', '图斑编码', '图斑代码'],
    patch_kind: ['TBLX'],
  },
};

/** Words in the names of files and parts by which deliveries call a layer. */
export const layerNameWords: Readonly<Record<string, readonly string[]>> = {
  ecological_red_lines: ['STBHHX', '生态红线', '生态保护红线'],
  permanent_basic_farmland: ['YJJBNT', '永久基本农田', '基本农田'],
  urban_growth_boundaries: ['CZKFBJ', '城镇开发边界'],
  mine_patches: ['图斑'],
  mine_sites: ['废弃矿山', '露天矿山', '矿山'],
  protected_areas: ['自然保护地', '自然保护区'],
  wetland_parks: ['湿地公园'],
  water_source_protection_areas: ['水源保护区', '水源地'],
  biodiversity_corridors: ['生态廊道', '廊道'],
  counties: ['XZQ', '行政区', '县界'],
  rivers: ['河流', '水系'],
};

/** County codes have 6, 9 or 12 digits (town, village); the first six are the county. */
export function countyOfAdcode(text: string): string | null {
  return /^(\d{6})(\d{3}|\d{6})?$/.exec(text.trim())?.[1] ?? null;
}
