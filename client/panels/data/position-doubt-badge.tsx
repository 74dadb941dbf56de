/** The permanent mark of a dataset whose positions may all be off. */
import type { PositionDoubt } from '../../../geodata/contract/imports.ts';
import { useTexts } from '../../i18n/text.ts';

export function PositionDoubtBadge({ doubt }: { doubt: PositionDoubt | null | undefined }) {
  const { doubt: texts } = useTexts().imports;
  if (!doubt) return null;
  return (
    <span className="doubt-badge" title={texts.reasons[doubt]}>
      {texts.badges[doubt]}
    </span>
  );
}
