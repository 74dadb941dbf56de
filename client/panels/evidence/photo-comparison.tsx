/** 前后对比: two photos over each other, a slider shows more of one or of the other. */
import { useId, useState } from 'react';
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import { attachmentUrl } from '../../api/attachments.ts';
import { formatDateShort } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { ModalDialog } from './modal-dialog.tsx';
import { firstPair } from './photo-pairs.ts';

export function PhotoComparison({ photos, close }: { photos: readonly Attachment[]; close: () => void }) {
  const { evidence: texts } = useMarkingTexts();
  const [pair, setPair] = useState(() => firstPair(photos));
  const [share, setShare] = useState(50);
  const sliderId = useId();
  if (pair === null) return null;
  const photoWords = ({ moment, takenAt, uploadedAt }: Attachment) =>
    texts.photoOf(moment === null ? '' : texts.moments[moment], formatDateShort(takenAt ?? uploadedAt));
  const choice = (side: 'left' | 'right', title: string) => (
    <label className="comparison-choice">
      {title}
      <select
        value={pair[side].id}
        onChange={(event) => {
          const chosen = photos.find(({ id }) => id === event.target.value);
          if (chosen) setPair({ ...pair, [side]: chosen });
        }}
      >
        {photos.map((photo) => (
          <option key={photo.id} value={photo.id}>
            {photoWords(photo)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <ModalDialog title={texts.compareTitle} close={close} className="lightbox">
      <div className="lightbox-body">
        <div className="comparison-choices">
          {choice('left', texts.compareLeft)}
          {choice('right', texts.compareRight)}
        </div>
        <div className="comparison">
          <img src={attachmentUrl(pair.right.id)} alt={photoWords(pair.right)} />
          <img
            src={attachmentUrl(pair.left.id)}
            alt={photoWords(pair.left)}
            style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }}
          />
          <span className="comparison-line" style={{ left: `${share}%` }} />
          <span className="comparison-tag">{photoWords(pair.left)}</span>
          <span className="comparison-tag comparison-tag-right">{photoWords(pair.right)}</span>
        </div>
        <label className="comparison-slider" htmlFor={sliderId}>
          {texts.divider}
          <input
            id={sliderId}
            type="range"
            min={0}
            max={100}
            value={share}
            onChange={(event) => setShare(Number(event.target.value))}
          />
        </label>
      </div>
    </ModalDialog>
  );
}
