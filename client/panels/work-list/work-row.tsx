/** One site of the list: where it stands, what is missing, and the buttons for it; a card on the phone. */
import { Button, Checkbox } from 'antd';
import { phaseDraws } from '../../../geodata/catalogue/mine-sites.ts';
import type { WorkItem, WorkList } from '../../../geodata/contract/work-list.ts';
import { describeWarning } from '../../../geodata/domain/answer-warnings.ts';
import { statuses } from '../../../geodata/domain/workflow.ts';
import { formatNumber, writeArea } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { Swatch } from '../../map/legend-swatch.tsx';
import { useAppState } from '../../state/app-state.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import type { QueuedReport } from '../review/review-queue.ts';
import { mayHaveNoProgress } from '../review/set-task.ts';
import { useWindowWidth } from '../window-width.ts';
import { showSite, startReview, startTask } from './open-work.ts';
import { WithdrawButton } from './withdraw-button.tsx';
import { useWorkState } from './work-state.ts';
import { useWorkWords } from './work-words.ts';

type RowProps = { item: WorkItem; level: WorkList['level']; reports: readonly QueuedReport[] };

export function WorkRow({ item, level, reports }: RowProps) {
  const { item: texts } = useWorkTexts();
  const word = useWord();
  const words = useWorkWords();
  const phone = useWindowWidth() === 'phone';
  const isChosen = useWorkState((state) => state.chosen.has(item.code));
  const choosing = useWorkState((state) => state.choosing);
  const choose = useWorkState((state) => state.choose);
  const isOpen = useAppState(
    ({ selection }) => selection?.layerId === MINE_LAYER && selection.code === item.code,
  );
  const status = word(statuses[item.status].title);
  return (
    <li className={isOpen ? 'work-row work-row-open' : 'work-row'} aria-current={isOpen || undefined}>
      {(!phone || choosing) && (
        <Checkbox
          className="work-box"
          aria-label={texts.select(item.name)}
          checked={isChosen}
          onChange={({ target }) => choose([item.code], target.checked)}
        />
      )}
      <button
        type="button"
        className="work-site"
        title={`${texts.open(item.name)} · ${item.code}`}
        onClick={() => showSite(item.code)}
      >
        <Swatch draw={phaseDraws[statuses[item.status].phase]} size={phone ? 20 : 16} />
        <span className="work-name">{item.name}</span>
        {phone && <span className="work-status">{status}</span>}
        <span className="work-facts">
          {!phone && `${status} · `}
          <Facts item={item} level={level} />
        </span>
        {words(item, level).map((line, index) => (
          <span
            key={line}
            className={
              item.waitsFor === 'resubmit' && index === 0 ? 'work-line work-line-returned' : 'work-line'
            }
          >
            {line}
          </span>
        ))}
        {level !== 'unit' && <Flags item={item} />}
      </button>
      <RowButtons item={item} level={level} reports={reports} />
    </li>
  );
}

function Facts({ item, level }: { item: WorkItem; level: WorkList['level'] }) {
  const { item: texts } = useWorkTexts();
  const language = useLanguage();
  const { unit, declaredAreaSquareMeters: area, progressPercent: percent } = item;
  const facts = [
    ...(level === 'city' ? [language === 'zh-CN' ? unit.name : unit.nameEn] : []),
    ...(area === null ? [] : [writeArea(area, language)]),
    // Of completed works it is 100 %.
    ...(percent === null || statuses[item.status].counts.completed
      ? []
      : [texts.percent(formatNumber(percent, language, 1))]),
  ];
  return facts.join(' · ');
}

function Flags({ item: { flags } }: { item: WorkItem }) {
  const { item: texts } = useWorkTexts();
  const language = useLanguage();
  const word = useWord();
  const [first] = flags;
  if (first === undefined) return null;
  return (
    <span className="work-line work-line-flagged">
      {texts.flagged(formatNumber(flags.length, language))} · {word(describeWarning(first))}
    </span>
  );
}

function RowButtons({ item, level, reports }: RowProps) {
  const { item: texts } = useWorkTexts();
  const { actions } = useMarkingTexts();
  const phone = useWindowWidth() === 'phone';
  const size = phone ? 'large' : 'small';
  const { code, period, waitsFor } = item;
  if (waitsFor === 'report' || waitsFor === 'resubmit') {
    return (
      <span className="work-buttons">
        {mayHaveNoProgress(item) && (
          <Button size={size} onClick={() => startTask({ code, do: 'no_progress', period })}>
            {texts.noProgress}
          </Button>
        )}
        <Button size={size} type="primary" onClick={() => startTask({ code, do: 'report', period })}>
          {waitsFor === 'resubmit' ? texts.resubmit : texts.report}
        </Button>
      </span>
    );
  }
  if (level === 'unit' && waitsFor === 'county_review') return <WithdrawButton item={item} />;
  if (level !== 'unit' && waitsFor !== 'decision') {
    return (
      <span className="work-buttons">
        <Button size={size} type="primary" onClick={() => startReview({ code, period }, reports)}>
          {texts.review}
        </Button>
      </span>
    );
  }
  if (waitsFor !== 'decision') return null;
  return (
    <span className="work-buttons">
      {item.steps.map((to) => (
        <Button key={to} size={size} onClick={() => startTask({ code, do: 'decide', to })}>
          {actions.steps[to]}
        </Button>
      ))}
    </span>
  );
}
