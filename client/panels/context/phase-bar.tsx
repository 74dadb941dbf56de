/** The sites by phase as one bar of its parts; a click on a part shows only that phase, as in the legend. */
import { phaseDraws } from '../../../geodata/catalogue/mine-sites.ts';
import type { ProgressResponse } from '../../../geodata/contract/progress.ts';
import { phaseIds, phases, statuses, statusIds } from '../../../geodata/domain/workflow.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { windowWidth } from '../window-width.ts';

export function PhaseBar({ byStatus }: Pick<ProgressResponse, 'byStatus'>) {
  const { progress: texts } = useTexts();
  const language = useLanguage();
  const word = useWord();
  const picked = useAppState((state) => state.filter[MINE_LAYER]);
  const { setFilter, setTableView, setPanel } = useAppState.getState();
  const parts = phaseIds
    .map((id) => ({
      id,
      count: statusIds
        .filter((status) => statuses[status].phase === id)
        .reduce((sum, status) => sum + (byStatus[status]?.count ?? 0), 0),
    }))
    .filter(({ count }) => count > 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one bar everywhere
    <div className="phase-bar" role="group" aria-label={texts.phases}>
      {parts.map(({ id, count }) => {
        const title = word(phases[id].title);
        const sites = formatNumber(count, language);
        const isPicked = picked?.length === 1 && picked[0] === id;
        const { fill, symbol } = phaseDraws[id];
        return (
          <button
            key={id}
            type="button"
            className="phase-part"
            style={{ flexGrow: count, backgroundColor: fill?.color ?? symbol?.color }}
            title={texts.phaseHint(title, sites)}
            aria-label={texts.phaseHint(title, sites)}
            aria-pressed={isPicked}
            onClick={() => {
              setFilter(MINE_LAYER, isPicked ? null : [id]);
              setTableView({ layerId: MINE_LAYER, figure: null });
              if (windowWidth() !== 'phone') setPanel('tableOpen', true);
            }}
          />
        );
      })}
    </div>
  );
}
