/** What the reader of a sheet should know about its map: names left out, layers that its scale hides. Pure. */
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { SheetNotice } from '../../../geodata/contract/sheets.ts';
import type { MapLayer } from './map-layer.ts';

type Findings = {
  layers: readonly MapLayer[];
  notAtScale: readonly LayerDefinition[];
  /** Names without a place, by layer id. */
  leftOut: ReadonlyMap<string, number>;
  scale: number;
};

export function mapNotices({ layers, notAtScale, leftOut, scale }: Findings): SheetNotice[] {
  const scaleWords = `1:${String(scale).replace(/\B(?=(\d{3})+$)/g, ' ')}`;
  return [
    ...notAtScale.map(
      ({ title }): SheetNotice => ({
        id: 'layer-not-at-scale',
        severity: 'info',
        text: {
          zh: `${title.zh}在 ${scaleWords} 下不绘制,请用更大的比例尺。`,
          en: `${title.en} is not drawn at ${scaleWords}; choose a larger scale.`,
        },
      }),
    ),
    ...layers
      .filter(({ withoutSymbol }) => withoutSymbol > 0)
      .map(
        ({ definition: { title, countUnit }, withoutSymbol }): SheetNotice => ({
          id: 'features-without-symbol',
          severity: 'warning',
          text: {
            zh: `${title.zh}:${withoutSymbol} ${countUnit.zh}的类别没有符号,图上未绘。`,
            en: `${title.en}: ${withoutSymbol} ${countUnit.en} of a category without a symbol are not drawn.`,
          },
        }),
      ),
    ...layers.flatMap(({ definition: { id, title } }): SheetNotice[] => {
      const count = leftOut.get(id) ?? 0;
      if (count === 0) return [];
      return [
        {
          id: 'labels-left-out',
          severity: 'info',
          text: {
            zh: `${title.zh}:${count} 个名称未标注(位置不够)。`,
            en: `${title.en}: ${count} ${count === 1 ? 'name is' : 'names are'} left out for lack of room.`,
          },
        },
      ];
    }),
  ];
}
