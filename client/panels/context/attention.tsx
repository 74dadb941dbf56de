/** What needs attention, with counts; a click lists those sites, on a phone right here. */
import { useState } from 'react';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { Swatch } from '../../map/legend-swatch.tsx';
import { useAppState } from '../../state/app-state.ts';
import { useLayer } from '../loaded-catalogue.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { type AttentionKind, RECTIFYING } from '../mine-rows.ts';
import { useWindowWidth } from '../window-width.ts';
import { AttentionList } from './attention-list.tsx';

/** `overdueCount` null: still being counted. */
export function Attention(props: { rectifyingCount: number; overdueCount: number | null }) {
  const { context: texts } = useTexts();
  const language = useLanguage();
  const rectifying = useLayer(MINE_LAYER)?.definition.style.categories?.entries.find(
    ({ id }) => id === RECTIFYING,
  );
  const { setFilter, setTableView, setPanel } = useAppState.getState();
  const phone = useWindowWidth() === 'phone';
  const [listed, setListed] = useState<AttentionKind | null>(null);
  const list = (kind: AttentionKind) => {
    if (phone) return setListed(kind === listed ? null : kind);
    const overdueOnly = kind === 'overdue';
    setFilter(MINE_LAYER, overdueOnly ? null : [RECTIFYING]);
    setTableView({ layerId: MINE_LAYER, overdueOnly });
    setPanel('tableOpen', true);
  };
  const count = (value: number) => texts.sites(formatNumber(value, language));

  return (
    <section className="attention" aria-label={texts.attention}>
      <h3>{texts.attention}</h3>
      {props.rectifyingCount === 0 && props.overdueCount === 0 && <p className="quiet">{texts.nothing}</p>}
      <div className="attention-rows">
        {props.rectifyingCount > 0 && (
          <button
            type="button"
            className="attention-row"
            aria-expanded={phone ? listed === 'rectifying' : undefined}
            onClick={() => list('rectifying')}
          >
            {rectifying && <Swatch draw={rectifying.draw} size={16} />}
            <span>{texts.rectifying}</span>
            <b className="figure">{count(props.rectifyingCount)}</b>
          </button>
        )}
        {props.overdueCount !== 0 && (
          <button
            type="button"
            className="attention-row"
            title={texts.overdueHint}
            disabled={props.overdueCount === null}
            aria-expanded={phone ? listed === 'overdue' : undefined}
            onClick={() => list('overdue')}
          >
            <span className="overdue-mark" aria-hidden="true" />
            <span>{texts.overdue}</span>
            <b className="figure">{props.overdueCount === null ? '…' : count(props.overdueCount)}</b>
          </button>
        )}
      </div>
      {phone && listed && <AttentionList kind={listed} />}
    </section>
  );
}
