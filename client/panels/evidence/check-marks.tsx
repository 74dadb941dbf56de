/** What a photo says of itself, as chips in words. */
import type { EvidenceCheck } from '../../../geodata/contract/attachments.ts';
import { formatLength, joinWords, writeQuantity } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';

/** Unknown is not failed: a photo without a location is marked, not doubted. */
const tones: Record<EvidenceCheck['id'], 'good' | 'unknown' | 'doubt'> = {
  place_ok: 'good',
  no_location: 'unknown',
  wrong_place: 'doubt',
  shifted_coordinates: 'doubt',
  wrong_time: 'doubt',
  duplicate: 'doubt',
};

export function CheckMarks({ checks }: { checks: readonly EvidenceCheck[] }) {
  const { evidence: texts } = useMarkingTexts();
  const detail = useCheckDetail();
  if (checks.length === 0) return null;
  return (
    <ul className="check-marks">
      {checks.map((check) => (
        <li key={check.id} className={`check-mark check-${tones[check.id]}`} title={detail(check)}>
          {texts.checks[check.id]}
        </li>
      ))}
    </ul>
  );
}

/** The sentence behind a chip: what it means, how far off, the same as which. */
export function useCheckDetail(): (check: EvidenceCheck) => string {
  const { evidence: texts } = useMarkingTexts();
  const language = useLanguage();
  return ({ id, distanceMeters, sameAs }) => {
    const parts = [texts.checkHints[id]];
    if (distanceMeters !== undefined && distanceMeters > 0) {
      parts.push(texts.distance(writeQuantity(formatLength(distanceMeters, language))));
    }
    if (sameAs && sameAs.length > 0) {
      const sites = [...new Set(sameAs.map(({ siteName }) => siteName))];
      parts.push(texts.sameAs(joinWords(sites, language)));
    }
    return parts.join(' ');
  };
}
