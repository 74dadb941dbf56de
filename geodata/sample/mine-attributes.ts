/** Attributes of a mine that go together: mineral, method, kinds of patches, damage, mode, land use. */
import type { Random } from './random.ts';

export type PatchKind = '露天采场' | '排土场' | '工业广场' | '尾矿库' | '沉陷区';
export type MiningMethod = '露天' | '联合';
export type RemediationMode = '自然恢复' | '辅助再生' | '生态重建' | '转型利用';

export type MineAttributes = {
  mineral: string;
  method: MiningMethod;
  liability: '历史遗留' | '有责任主体';
  /** One per patch, the main one first. */
  patchKinds: PatchKind[];
  damage: '挖损' | '压占' | '塌陷' | '污染';
  mode: RemediationMode;
  landUse: string;
};

/** Chance of combined (open and underground) working; the campaign is of open pits. */
const combinedChance: Record<string, number> = { 钨: 0.35, 萤石: 0.25, 煤: 0.6 };

const sideKinds: Record<string, Partial<Record<PatchKind, number>>> = {
  稀土: { 露天采场: 5, 排土场: 3, 工业广场: 2 },
  钨: { 排土场: 4, 尾矿库: 3, 工业广场: 2, 露天采场: 2 },
  煤: { 排土场: 4, 工业广场: 3, 露天采场: 1 },
  砖瓦黏土: { 工业广场: 4, 露天采场: 3 },
};
const otherSideKinds: Partial<Record<PatchKind, number>> = { 排土场: 4, 工业广场: 3, 露天采场: 3 };

const modeWeights: Record<string, Partial<Record<RemediationMode, number>>> = {
  稀土: { 生态重建: 45, 辅助再生: 38, 自然恢复: 9, 转型利用: 8 },
  砖瓦黏土: { 转型利用: 40, 生态重建: 30, 辅助再生: 20, 自然恢复: 10 },
};
const otherModeWeights: Partial<Record<RemediationMode, number>> = {
  辅助再生: 38,
  生态重建: 32,
  自然恢复: 16,
  转型利用: 14,
};

const landUses: Record<RemediationMode, Partial<Record<string, number>>> = {
  自然恢复: { 林地: 7, 草地: 3 },
  辅助再生: { 林地: 7, 草地: 3 },
  生态重建: { 林地: 6, 草地: 2, 耕地: 1, 水域: 1 },
  转型利用: { 建设用地: 5, 耕地: 3, 其他: 2 },
};

export function drawAttributes(mineral: string, patchCount: number, random: Random): MineAttributes {
  const method = random.chance(combinedChance[mineral] ?? 0) ? '联合' : '露天';
  const main: PatchKind = mineral === '煤' && method === '联合' ? '沉陷区' : '露天采场';
  const sides = Array.from({ length: patchCount - 1 }, () =>
    random.weighted<PatchKind>(sideKinds[mineral] ?? otherSideKinds),
  );
  const mode = random.weighted<RemediationMode>(modeWeights[mineral] ?? otherModeWeights);
  return {
    mineral,
    method,
    liability: random.chance(0.88) ? '历史遗留' : '有责任主体',
    patchKinds: [main, ...sides],
    damage: damageOf(mineral, main, sides, random),
    mode,
    landUse: random.weighted(landUses[mode]),
  };
}

function damageOf(
  mineral: string,
  main: PatchKind,
  sides: readonly PatchKind[],
  random: Random,
): MineAttributes['damage'] {
  if (main === '沉陷区') return '塌陷';
  if (mineral === '稀土' && random.chance(0.3)) return '污染';
  if (sides.includes('尾矿库') && random.chance(0.5)) return '污染';
  if (sides.filter((kind) => kind === '排土场').length >= 2) return '压占';
  return '挖损';
}

export function executingUnit(
  liability: MineAttributes['liability'],
  countyName: string,
  township: string,
  random: Random,
): string {
  if (liability === '有责任主体') return '示意矿业有限公司(责任主体)';
  return random.weighted({
    [`${countyName}自然资源局`]: 5,
    [`${township}人民政府`]: 3,
    示意生态修复有限公司: 3,
  });
}
