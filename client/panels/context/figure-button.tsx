/** A figure that can be asked whom it counts: a click lists those sites, and a hint says how it is counted. */
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/text.ts';
import { type FigureQuery, useAppState } from '../../state/app-state.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { windowWidth } from '../window-width.ts';

/** Lists the sites of a figure: in the table, on a phone in the panel. */
export function listFigure(figure: FigureQuery): void {
  const { setFilter, setTableView, setPanel } = useAppState.getState();
  // A legend that hides some of them would make the list shorter than the figure.
  setFilter(MINE_LAYER, null);
  setTableView({ layerId: MINE_LAYER, figure });
  if (windowWidth() !== 'phone') setPanel('tableOpen', true);
}

export function FigureButton(props: { query: FigureQuery; className?: string; children: ReactNode }) {
  const { progress: texts } = useTexts();
  const { title, how } = texts.figures[props.query.figure];
  return (
    <button
      type="button"
      className={`figure-button ${props.className ?? ''}`}
      title={`${texts.listOf(title)}\n${how}`}
      data-figure={props.query.figure}
      onClick={() => listFigure(props.query)}
    >
      {props.children}
    </button>
  );
}
