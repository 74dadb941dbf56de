/** A photo as a tile: its small picture, when it was taken, what it says of itself. */
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import { attachmentUrl } from '../../api/attachments.ts';
import { formatDateShort } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { CheckMarks } from './check-marks.tsx';

export function PhotoTile({ photo, open }: { photo: Attachment; open: () => void }) {
  const { evidence: texts } = useMarkingTexts();
  const moment = photo.moment === null ? texts.photos : texts.moments[photo.moment];
  return (
    <li className={photo.withdrawnAt === null ? 'photo-tile' : 'photo-tile photo-withdrawn'}>
      <button
        type="button"
        className="photo-open"
        aria-label={`${moment} · ${texts.open(photo.fileName)}`}
        onClick={open}
      >
        <img src={attachmentUrl(photo.id, 'thumbnail')} alt="" loading="lazy" decoding="async" />
        <span className="photo-moment">{moment}</span>
      </button>
      <span className="photo-date">
        {photo.takenAt === null ? texts.takenUnknown : formatDateShort(photo.takenAt)}
      </span>
      {photo.withdrawnAt === null ? (
        <CheckMarks checks={photo.checks} />
      ) : (
        <span className="quiet">{texts.withdrawn}</span>
      )}
    </li>
  );
}
