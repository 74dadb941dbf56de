/** What an exported file says of itself: layer, CRS, 资料截止日期, source, classification, kind of data, count, time. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Classification, PositionDoubt } from '../../geodata/contract/imports.ts';
import type { LayerSnapshot } from './export-order.ts';

const classificationNames: Record<Classification, string> = {
  public: '公开',
  internal: '工作秘密(内部)',
  on_request: '依申请公开',
};

const doubtNames: Record<PositionDoubt, string> = {
  gcj02: '火星坐标(GCJ-02),整体偏移约 600 米',
  beijing54: '1954北京坐标系,未经参数转换,偏移约 100 米',
  xian80: '1980西安坐标系,未经参数转换,偏移约 100 米',
};

export const sampleWord = '示意数据';

/** Pairs of a Chinese title and its text. */
export function descriptionOf(snapshot: LayerSnapshot): [title: string, text: string][] {
  const { layer, crs, origin, featureCount, exportedAt } = snapshot;
  const lines: [string, string][] = [
    ['图层', `${layer.title.zh}(${layer.id})`],
    ['数据性质', origin.hasSample ? `${sampleWord},不得作为依据` : '正式数据'],
    ['数据集', origin.title],
    ['坐标系', `${crs.name.zh}(EPSG:${crs.srid})`],
    ['资料截止日期', origin.asOf ?? '未知'],
    ['数据来源', origin.source || '未知'],
    ['密级', origin.classification === null ? '未知' : classificationNames[origin.classification]],
    ['要素数', `${featureCount} ${layer.countUnit.zh}`],
    ['导出时间', localTime(exportedAt)],
  ];
  for (const doubt of origin.positionDoubts) lines.push(['位置存疑', doubtNames[doubt]]);
  return lines;
}

/** Wall-clock time of the offices that read it. */
function localTime(at: Date): string {
  return `${at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })}(北京时间)`;
}

/** The day in Asia/Shanghai without separators, for file names. */
export function dayOf(at: Date): string {
  return at.toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }).replaceAll('-', '');
}

/** The lines of a description worth telling on screen: what a reader of the file must know. */
export function cautionsOf({ origin }: LayerSnapshot): Bilingual[] {
  const words: Bilingual[] = [];
  if (origin.hasSample) {
    words.push({
      zh: '含示意数据,文件名和数据性质列均已注明',
      en: 'it holds sample data, marked in the file name and in the column data_kind',
    });
  }
  if (origin.classification !== null && origin.classification !== 'public') {
    words.push({
      zh: `密级:${classificationNames[origin.classification]},请按规定保管和传递`,
      en: `classification: ${origin.classification}; keep and pass it on accordingly`,
    });
  }
  for (const doubt of origin.positionDoubts) {
    words.push({ zh: `位置存疑:${doubtNames[doubt]}`, en: `positions are in doubt: ${doubt}` });
  }
  return words;
}
