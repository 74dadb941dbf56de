/** Which of how many reports this is, and the way to the next; keys say so beside it. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/text.ts';
import { useWorkTexts } from '../../i18n/work-texts.ts';
import { openReport } from '../work-list/open-work.ts';
import { placeInQueue, type QueuedReport, stepInQueue, useReviewQueue } from './review-queue.ts';

/** Nothing where the report was not opened from a queue. */
export function QueueBar({ report }: { report: QueuedReport }) {
  const { queue: texts } = useWorkTexts();
  const language = useLanguage();
  const queue = useReviewQueue();
  const place = placeInQueue(queue, report);
  if (place === null) return null;
  const previous = stepInQueue(queue, report, -1);
  const next = stepInQueue(queue, report, 1);
  return (
    <span className="queue-bar">
      <button
        type="button"
        className="icon-button"
        aria-label={texts.previous}
        disabled={previous === null}
        onClick={() => previous && openReport(previous)}
      >
        <LeftOutlined />
      </button>
      <span className="figure-left">
        {texts.place(formatNumber(place, language), formatNumber(queue.reports.length, language))}
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label={texts.next}
        disabled={next === null}
        onClick={() => next && openReport(next)}
      >
        <RightOutlined />
      </button>
      <span className="queue-keys not-on-phone">{texts.keys}</span>
    </span>
  );
}
