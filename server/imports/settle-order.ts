/** What an import may do to what stands: which mode, under which classification, and what must be decided first. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import {
  type Classification,
  classifications,
  type ImportMode,
  type PositionDoubt,
} from '../../geodata/contract/imports.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { UnprocessableError } from '../errors.ts';

export type Standing = {
  has_sample: boolean;
  has_official: boolean;
  classification: Classification | null;
  has_sample_mines: boolean;
  has_sites: boolean;
  official_patches: number;
  feature_count: number;
  has_official_events: boolean;
};

export async function readStanding(client: Queryable, layerId: string): Promise<Standing> {
  const [row] = await client.query<Standing>(namedSql('imports/describe-standing'), [layerId], {
    class: 'lookup',
  });
  if (row === undefined) throw new Error('no answer about what stands');
  return row;
}

/** Throws UnprocessableError where the mode does not fit what stands in the layer. */
export function requireMode(layer: LayerDefinition, mode: ImportMode, standing: Standing): void {
  if (mode !== 'replace' && standing.has_sample) {
    throw refused('mode', {
      zh: `“${layer.title.zh}”现为示意数据,正式数据不能与之混合,请用替换方式(--mode replace)。`,
      en: `"${layer.title.en}" holds sample data, which official data may not be mixed with; replace it (--mode replace).`,
    });
  }
  if (layer.id === 'mine_sites' && mode === 'replace' && standing.has_official_events) {
    throw refused('mode', {
      zh: '现有矿山已有进展记录或佐证材料,不能整层替换,以免留痕失去所指。请用更新方式(--mode upsert)。',
      en: 'The mine sites have progress events or evidence; replacing them would leave the trace pointing nowhere. Use --mode upsert.',
    });
  }
  if (layer.id === 'mine_patches' && standing.has_sample_mines) {
    throw refused('layerId', {
      zh: '现有矿山是示意数据,正式图斑不能挂在其下。请先导入矿山,或把图斑文件导入 mine_sites(按矿山归并)。',
      en: 'The mine sites are sample data, which official patches cannot belong to. Import the sites first, or import the file of patches into mine_sites, where it is grouped by site.',
    });
  }
  if (layer.id === 'mine_patches' && !standing.has_sites) {
    throw refused('layerId', {
      zh: '还没有矿山,图斑无所归属。请先导入矿山,或把图斑文件导入 mine_sites(按矿山归并)。',
      en: 'There are no mine sites for the patches to belong to. Import the sites first, or import the file of patches into mine_sites, where it is grouped by site.',
    });
  }
}

/** Throws UnprocessableError for positions that no public parameters can correct, unless the layer is only looked at. */
export function requirePosition(layer: LayerDefinition, doubt: PositionDoubt | null): void {
  if (doubt === null || layer.group === 'base') return;
  const name = positionDoubtNames[doubt];
  throw refused('crs', {
    zh: `坐标是${name.zh},与2000国家大地坐标系之间的换算参数涉密,“${layer.title.zh}”要编辑或参与审查,不能导入。请由有资质的单位转换为2000国家大地坐标系后再导入。`,
    en: `The coordinates are ${name.en}, whose transformation to CGCS2000 is secret; "${layer.title.en}" is edited or screened against, so nothing was imported. Have the data transformed to CGCS2000 by whoever may, and import that.`,
  });
}

export const positionDoubtNames: Record<PositionDoubt, Bilingual> = {
  gcj02: { zh: 'GCJ-02 火星坐标', en: 'GCJ-02' },
  beijing54: { zh: '1954年北京坐标系', en: 'Beijing 1954' },
  xian80: { zh: '1980西安坐标系', en: 'Xian 1980' },
};

/** As asked, else as the official data it replaces; null where it must be asked for. */
export function classificationOf(
  asked: Classification | undefined,
  standing: Standing,
): Classification | null {
  return asked ?? standing.classification;
}

/** As classificationOf, but throws UnprocessableError that says exactly what to add. */
export function requireClassification(
  asked: Classification | undefined,
  standing: Standing,
  layer: LayerDefinition,
): Classification {
  const known = classificationOf(asked, standing);
  if (known !== null) return known;
  const why = standing.has_sample
    ? { zh: '现为示意数据', en: 'holds sample data' }
    : { zh: '还没有正式数据', en: 'has no official data yet' };
  throw refused('classification', {
    zh: `“${layer.title.zh}”${why.zh},导入正式数据须说明密级。请加 --classification internal(工作秘密、内部)、public(公开)或 on_request(依申请公开)。`,
    en: `"${layer.title.en}" ${why.en}; say the classification of what is imported: add --classification internal, public or on_request.`,
  });
}

const classificationWords: Readonly<Record<string, Classification>> = {
  公开: 'public',
  内部: 'internal',
  工作秘密: 'internal',
  依申请公开: 'on_request',
};
const secretWords = /^(秘密|机密|绝密|secret|confidential|top.?secret)$/i;

/** A classification as typed, in English or Chinese. Throws UnprocessableError for 秘密 and above, and for unknown words. */
export function readClassification(typed: string): Classification {
  const known = classifications.find((value) => value === typed) ?? classificationWords[typed];
  if (known !== undefined) return known;
  throw refused(
    'classification',
    secretWords.test(typed)
      ? {
          zh: `密级“${typed}”的数据不得进入本系统,没有导入。`,
          en: `Data classified "${typed}" may not be in this system; nothing was imported.`,
        }
      : {
          zh: `没有密级“${typed}”。可选:public(公开)、internal(工作秘密、内部)、on_request(依申请公开)。`,
          en: `There is no classification "${typed}"; choose public, internal or on_request.`,
        },
  );
}

function refused(field: string, text: Bilingual): UnprocessableError {
  return new UnprocessableError(text, { field });
}
