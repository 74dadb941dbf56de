/** 历史时点 over the map: one thumb for the day that map, table, popup, legend and figures show. */
import { CloseOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { formatDateShort } from '../../i18n/format.ts';
import { useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useMineProgressNow } from '../mine-progress.ts';
import { addDays, daysAfter, stepMonths } from './day-steps.ts';

/** How long the thumb must rest before everything is asked for as of its day. */
const REST_MS = 250;

export default function TimeSlider() {
  const { progress: texts } = useTexts();
  const { data } = useMineProgressNow();
  const setPanel = useAppState((state) => state.setPanel);
  const setAsOf = useAppState((state) => state.setAsOf);
  if (data === undefined) return null;
  const { firstDay, knownUntil } = data;
  return (
    <section className="time-slider" aria-label={texts.pastDay}>
      {firstDay === null || firstDay >= knownUntil ? (
        <p className="quiet">{texts.noHistory}</p>
      ) : (
        <DayChoice first={firstDay} last={knownUntil} />
      )}
      <button
        type="button"
        className="icon-button time-close"
        aria-label={texts.hide}
        title={texts.hide}
        onClick={() => {
          setAsOf(null);
          setPanel('timeOpen', false);
        }}
      >
        <CloseOutlined />
      </button>
    </section>
  );
}

function DayChoice({ first, last }: { first: string; last: string }) {
  const { progress: texts } = useTexts();
  const asOf = useAppState((state) => state.asOf);
  const [day, chooseDay] = useRestingDay(first, last);
  const shift = (months: number) => chooseDay(stepMonths(day, months, [first, last]));
  const pressed = (event: KeyboardEvent) => {
    const months = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -12, PageUp: 12 }[
      event.key
    ];
    if (months === undefined) return;
    event.preventDefault();
    shift(months);
  };
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={texts.earlier}
        title={texts.earlier}
        disabled={day <= first}
        onClick={() => shift(-1)}
      >
        <LeftOutlined />
      </button>
      <input
        type="range"
        className="time-range"
        aria-label={texts.slider}
        aria-valuetext={day >= last ? texts.now : formatDateShort(day)}
        title={texts.slider}
        min={0}
        max={daysAfter(first, last)}
        step={1}
        value={daysAfter(first, day)}
        onChange={({ target }) => chooseDay(addDays(first, Number(target.value)))}
        onKeyDown={pressed}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={texts.later}
        title={texts.later}
        disabled={day >= last}
        onClick={() => shift(1)}
      >
        <RightOutlined />
      </button>
      <input
        type="date"
        className="time-day"
        aria-label={texts.day}
        min={first}
        max={last}
        value={day}
        onChange={({ target }) => {
          if (target.value >= first && target.value <= last) chooseDay(target.value);
        }}
      />
      <button
        type="button"
        className="link-button"
        disabled={asOf === null && day >= last}
        onClick={() => chooseDay(last)}
      >
        {texts.toNow}
      </button>
      {asOf !== null && <p className="time-note">{texts.pastNote}</p>}
    </>
  );
}

/** The day under the thumb at once, in the state once it rests; the last day is now. */
function useRestingDay(first: string, last: string): [day: string, choose: (day: string) => void] {
  const asOf = useAppState((state) => state.asOf);
  const setAsOf = useAppState((state) => state.setAsOf);
  const [moving, setMoving] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Leaving by another way, such as the chip, ends a movement under way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another day from elsewhere
  useEffect(() => {
    clearTimeout(timer.current);
    setMoving(null);
  }, [asOf]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const shown = moving ?? asOf ?? last;
  const choose = (day: string) => {
    setMoving(day);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAsOf(day >= last ? null : day), REST_MS);
  };
  return [shown < first ? first : shown > last ? last : shown, choose];
}
