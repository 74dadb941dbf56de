/** What is to be known before a sheet is printed, in the words of both languages. Pure. */
import type { Bilingual, LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { SheetNotice } from '../../../geodata/contract/sheets.ts';
import type { SheetCrs } from '../sheet-content.ts';

const notice = (id: string, severity: SheetNotice['severity'], zh: string, en: string): SheetNotice => ({
  id,
  severity,
  text: { zh, en },
});

function titlesOf(layers: readonly Pick<LayerDefinition, 'title'>[]): Bilingual {
  return {
    zh: layers.map(({ title }) => title.zh).join('、'),
    en: layers.map(({ title }) => title.en).join(', '),
  };
}

export function closedLayers(layers: readonly LayerDefinition[]): SheetNotice[] {
  if (layers.length === 0) return [];
  const { zh, en } = titlesOf(layers);
  return [
    notice(
      'layers_closed',
      'warning',
      `当前账号无权查看,图上没有:${zh}。登录后可出完整的图。`,
      `Not on the sheet, as this account may not read it: ${en}. Sign in for the whole sheet.`,
    ),
  ];
}

export function layersNotLoaded(layers: readonly LayerDefinition[]): SheetNotice[] {
  if (layers.length === 0) return [];
  const { zh, en } = titlesOf(layers);
  return [
    notice('layers_not_loaded', 'info', `未导入,图上没有:${zh}。`, `Not loaded, so not on the sheet: ${en}.`),
  ];
}

export function sampleData(): SheetNotice {
  return notice(
    'sample_data',
    'info',
    '图上有示意数据,成图带“示意数据”标记,不得作为正式成果使用。',
    'The sheet draws sample data and is marked so; it is no official result.',
  );
}

export function mixedData(
  sample: readonly LayerDefinition[],
  official: readonly LayerDefinition[],
): SheetNotice {
  const [a, b] = [titlesOf(sample), titlesOf(official)];
  return notice(
    'sample_and_official_data',
    'warning',
    `同一图上示意数据(${a.zh})与正式数据(${b.zh})并存,请去掉示意图层或清除示意数据。`,
    `Sample data (${a.en}) stands beside official data (${b.en}) on one sheet; leave the sample layers out or clear the sample.`,
  );
}

export function mapNumberMissing(): SheetNotice {
  return notice(
    'map_number_missing',
    'blocking',
    '公开图件绘有行政区域界线而没有审图号,不能输出。请填写审图号,改为内部使用,或写明理由。',
    'A public sheet that draws administrative boundaries needs a map approval number (审图号). Enter it, mark the sheet internal, or give a reason.',
  );
}

export function mapNumberOverridden(): SheetNotice {
  return notice(
    'map_number_overridden',
    'warning',
    '公开图件绘有行政区域界线而没有审图号,已写明理由,将记入留痕。',
    'A public sheet draws administrative boundaries without a map approval number (审图号); the reason given is kept in the trace.',
  );
}

export function classifiedAbove(layers: readonly LayerDefinition[]): SheetNotice {
  const { zh, en } = titlesOf(layers);
  return notice(
    'classification_above_sheet',
    'blocking',
    `图层的密级高于图件的密级:${zh}。请提高图件的密级,或去掉这些图层。`,
    `These layers are classified above the sheet: ${en}. Raise the classification of the sheet or leave them out.`,
  );
}

export function asOfAfterData(asOf: string, dataDay: string): SheetNotice {
  return notice(
    'as_of_after_data',
    'warning',
    `所选时点 ${asOf} 晚于资料截止日期 ${dataDay},图上是截至 ${dataDay} 的情况。`,
    `The chosen day ${asOf} is after the data (${dataDay}); the sheet shows what was known by ${dataDay}.`,
  );
}

export function asOfWithoutHistory(layers: readonly LayerDefinition[]): SheetNotice {
  const { zh, en } = titlesOf(layers);
  return notice(
    'as_of_without_history',
    'info',
    `下列图层没有历史,按现状绘制:${zh}。`,
    `These layers have no history and are drawn as they are now: ${en}.`,
  );
}

export function basemapNotConfigured(): SheetNotice {
  return notice(
    'basemap_unavailable',
    'warning',
    '没有配置底图,图上没有底图。',
    'No basemap is configured; the sheet is without it.',
  );
}

export function basemapFailed(): SheetNotice {
  return notice(
    'basemap_unavailable',
    'warning',
    '底图服务没有给出全部图片,图上没有底图。',
    'The basemap service did not give all its pictures; the sheet is without it.',
  );
}

export function subjectCut(scale: number): SheetNotice {
  return notice(
    'subject_does_not_fit',
    'warning',
    `按 1:${scale} 图幅放不下全部范围,边上会被裁去。请用更小的比例尺或更大的纸。`,
    `At 1:${scale} the area does not fit the frame and is cut at its edges. Take a smaller scale or a larger paper.`,
  );
}

export function regionNotLoaded(): SheetNotice {
  return notice(
    'counties_not_loaded',
    'info',
    '县(市、区)界未导入,图幅按行政区的大致范围取定。',
    'The counties are not loaded; the frame follows the known extent of the area.',
  );
}

type CenterMeasures = { lng: number; northDegrees: number; stretch: number; unitsPerMeter: number };

/** Units of CRSs in a metre: metres, feet. */
const knownUnits = [1, 1 / 0.3048];

/**
 * Why a CRS does not suit; empty where it does. `stretch` is how much lengths differ by direction at the centre, `unitsPerMeter` what
 * a metre on the ground is there.
 */
export function crsNotices(
  crs: SheetCrs,
  { lng, northDegrees, stretch, unitsPerMeter }: CenterMeasures,
): SheetNotice[] {
  if (crs.kind === 'geographic') {
    return [
      notice(
        'crs_geographic',
        'warning',
        `${crs.name.zh}以度为单位,图上东西向与南北向的比例不同,数字比例尺只是两者的平均。`,
        `${crs.name.en} is in degrees: lengths to the east and to the north have different scales, and the stated one is their mean.`,
      ),
    ];
  }
  if (crs.kind === 'web-mercator') {
    return [
      notice(
        'crs_web_mercator',
        'warning',
        'Web 墨卡托投影只在图幅中心合于数字比例尺,越往北越大,不宜量算。',
        'Web Mercator has the stated scale at the centre only and grows to the north; do not measure on it.',
      ),
    ];
  }
  const notices: SheetNotice[] = [];
  const distance = crs.centralMeridian === null ? 0 : Math.abs(lng - crs.centralMeridian);
  if (crs.kind !== 'other' && distance > 3) {
    notices.push(
      notice(
        'crs_far_zone',
        'warning',
        `图幅中心距中央经线 ${crs.centralMeridian}°E 有 ${distance.toFixed(1)}°,超出该带,边缘变形较大。`,
        `The centre lies ${distance.toFixed(1)}° from the central meridian ${crs.centralMeridian}° E, outside its zone; shapes are distorted towards the edges.`,
      ),
    );
  }
  if (/^(Xian|Beijing)|^19(80|54)/.test(crs.name.en) || /1980西安|1954北京/.test(crs.name.zh)) {
    notices.push(
      notice(
        'crs_without_parameters',
        'warning',
        `${crs.name.zh}与 2000 国家大地坐标系的转换参数不公开,图上坐标格网约有 100 米的偏差。`,
        `The parameters between ${crs.name.en} and CGCS2000 are not public; the grid of this sheet is off by some 100 m.`,
      ),
    );
  }
  const growth = Math.min(...knownUnits.map((unit) => Math.abs(unitsPerMeter / unit - 1)));
  const distorts = Math.abs(northDegrees) > 5 || Math.abs(stretch - 1) > 0.002 || growth > 0.01;
  if (crs.kind === 'other' && distorts) {
    notices.push(
      notice(
        'crs_distorts',
        'warning',
        `${crs.name.zh}在此处变形较大(北方向偏 ${northDegrees.toFixed(1)}°,两方向长度比 ${stretch.toFixed(3)}),请核对坐标系。`,
        `${crs.name.en} distorts here (north is turned by ${northDegrees.toFixed(1)}°, lengths differ by direction ${stretch.toFixed(3)}:1); check the system.`,
      ),
    );
  }
  return notices;
}
