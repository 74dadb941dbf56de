/** In which reference system the raw coordinates are: said by the user or the file, checked against the numbers, never guessed in silence. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Inspection, PositionDoubt } from '../../geodata/contract/imports.ts';
import { type Crs, gcj02 } from '../../geodata/domain/crs.ts';
import {
  type CrsIdentity,
  type Extent,
  extentInDegrees,
  guessCrs,
  identifyCrs,
  touches,
} from '../../geodata/domain/identify-crs.ts';
import { BadRequestError } from '../errors.ts';

export type CrsChoice = {
  /** Null where it has to be chosen: `problem` says why, `candidates` from what. */
  crs: Crs | null;
  problem: Bilingual | null;
  /** Best first. */
  candidates: Inspection['crsCandidates'];
  assumptions: Bilingual[];
};

export type CrsEvidence = {
  /** `--crs`. */
  asked: string | undefined;
  /** .prj text or the CRS GDAL read from the file; null where the file says nothing. */
  stated: string | null;
  /** Raw coordinates; null where the file has none. */
  extent: Extent | null;
  homeExtent: Extent;
};

const shownCandidates = 6;

/** Throws BadRequestError where what is asked for names no system. */
export function chooseCrs(evidence: CrsEvidence): CrsChoice {
  const { asked, stated, extent, homeExtent } = evidence;
  if (asked !== undefined) return chooseAsked(asked, evidence);
  if (stated === null) return undecided(unstated, extent, homeExtent);
  const identity = identifyCrs(stated);
  if (identity.kind === 'unknown') {
    const name = identity.name.slice(0, 80);
    const problem = {
      zh: `文件的坐标系“${name}”不能识别。`,
      en: `The file's CRS "${name}" is not known.`,
    };
    return undecided(problem, extent, homeExtent);
  }
  return fitting(crsOf(identity), evidence, []);
}

function chooseAsked(asked: string, evidence: CrsEvidence): CrsChoice {
  const identity = identifyCrs(asked);
  if (identity.kind === 'unknown') {
    throw new BadRequestError(
      {
        zh: `不认识坐标系“${asked}”,请写 EPSG 代码,例如 --crs EPSG:4526(2000国家大地坐标系3度带第38带,带号前缀)。`,
        en: `Unknown CRS "${asked}"; give an EPSG code, such as --crs EPSG:4526 (CGCS2000 3° zone 38 with prefix).`,
      },
      { field: 'crs' },
    );
  }
  const crs = crsOf(identity);
  const words: Bilingual[] = [{ zh: '坐标系由 --crs 指定', en: 'the CRS is as given by --crs' }];
  const fileSays = evidence.stated === null ? undefined : identifyCrs(evidence.stated);
  if (fileSays?.kind === 'known' && fileSays.crs.srid !== crs.srid) {
    words.push({
      zh: `文件写的是 ${fileSays.crs.name.zh}(EPSG:${fileSays.crs.srid}),未采用`,
      en: `the file says ${fileSays.crs.name.en} (EPSG:${fileSays.crs.srid}), which was not used`,
    });
  }
  return fitting(crs, evidence, words);
}

function crsOf(identity: Exclude<CrsIdentity, { kind: 'unknown' }>): Crs {
  return identity.kind === 'gcj02' ? gcj02 : identity.crs;
}

const unstated: Bilingual = { zh: '文件没有写明坐标系(缺 .prj)。', en: 'The file states no CRS (no .prj).' };

/** Why every position in the system may be off after its projection is undone; null for what converts. */
export function positionDoubtOf({ datum }: Crs): PositionDoubt | null {
  return datum === 'gcj02' || datum === 'beijing54' || datum === 'xian80' ? datum : null;
}

function datumWords(crs: Crs): Bilingual[] {
  if (crs.datum === 'wgs84') {
    return [
      {
        zh: 'WGS 84 与 2000国家大地坐标系视为相同(本市相差约 0.8 米)',
        en: 'WGS 84 is taken as CGCS2000 (about 0.8 m apart here)',
      },
    ];
  }
  if (positionDoubtOf(crs) === null) return [];
  return [
    {
      zh: `${crs.name.zh} 不作基准转换,图形位置整体偏移(${crs.datum === 'gcj02' ? '约 600 米' : '约 100 米'}),长期注明“位置存疑”`,
      en: `${crs.name.en}: the datum is not converted, all positions are off (${crs.datum === 'gcj02' ? 'about 600 m' : 'about 100 m'}) and stay marked as doubtful`,
    },
  ];
}

/** The numbers must be possible in the system and fall on the region. */
function fitting(crs: Crs, { extent, homeExtent }: CrsEvidence, words: Bilingual[]): CrsChoice {
  const taken = { crs, problem: null, candidates: [], assumptions: [...words, ...datumWords(crs)] };
  if (extent === null) return taken;
  const looksLikeDegrees = Math.max(...extent.map(Math.abs)) <= 360;
  const sameKind = (crs.kind === 'geographic') === looksLikeDegrees;
  if (sameKind && touches(extentInDegrees(crs, extent), homeExtent)) return taken;
  const code = crs.srid === null ? '' : `(EPSG:${crs.srid})`;
  const range = `X ${extent[0].toFixed(2)}–${extent[2].toFixed(2)}, Y ${extent[1].toFixed(2)}–${extent[3].toFixed(2)}`;
  const problem: Bilingual = sameKind
    ? {
        zh: `按 ${crs.name.zh}${code}读取,全部图形都在本地区范围之外(${range})。`,
        en: `Read as ${crs.name.en} ${code}, everything lies outside the region (${range}).`,
      }
    : {
        zh: `文件写的坐标系是 ${crs.name.zh}${code},但坐标值(${range})不是${crs.kind === 'geographic' ? '经纬度' : '该投影的平面坐标'}。`,
        en: `The CRS is stated as ${crs.name.en} ${code}, but the numbers (${range}) are not ${crs.kind === 'geographic' ? 'degrees' : 'plane coordinates of it'}.`,
      };
  return undecided(problem, extent, homeExtent);
}

function undecided(reason: Bilingual, extent: Extent | null, homeExtent: Extent): CrsChoice {
  const guess = extent === null ? undefined : guessCrs(extent, homeExtent);
  const open = (candidates: CrsChoice['candidates'], advice: Bilingual): CrsChoice => ({
    crs: null,
    problem: { zh: `${reason.zh}${advice.zh}`, en: `${reason.en} ${advice.en}` },
    candidates,
    assumptions: [],
  });
  if (guess?.shape === 'swapped-degrees' || guess?.shape === 'swapped-projected') {
    return open([], {
      zh: '坐标值像是两轴颠倒(先北后东),请交换后重新导出。',
      en: 'The axes look swapped (north first); swap them and export again.',
    });
  }
  const candidates = (guess?.candidates ?? []).slice(0, shownCandidates).flatMap(({ crs, insideHome }) => {
    return crs.srid === null ? [] : [{ value: `EPSG:${crs.srid}`, name: crs.name, insideHome }];
  });
  if (candidates.length === 0) {
    return open([], {
      zh: '请向提供单位问明坐标系,用 --crs 指定。',
      en: 'Ask the provider and give --crs.',
    });
  }
  const lines = (language: 'zh' | 'en', inside: string): string =>
    candidates
      .map(({ value, name, insideHome }) => `  --crs ${value}  ${name[language]}${insideHome ? inside : ''}`)
      .join('\n');
  return open(candidates, {
    zh: `请向提供单位核实后指定其一:\n${lines('zh', ',落在本地区')}`,
    en: `Check with the provider and give one of:\n${lines('en', ', falls on the region')}`,
  });
}
