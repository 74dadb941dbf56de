/** One photo or document large: the picture itself, a PDF in the viewer of the browser, anything else to download. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Popconfirm } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import { requirements } from '../../../geodata/domain/workflow.ts';
import { attachmentUrl, useWithdrawAttachment } from '../../api/attachments.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';
import { formatFileSize } from '../import/file-size.ts';
import { readTime } from '../marking/field-words.ts';
import { CheckMarks, useCheckDetail } from './check-marks.tsx';
import { ModalDialog } from './modal-dialog.tsx';

type LightboxProps = {
  /** What one leafs through. */
  items: readonly Attachment[];
  startId: string;
  /** Version of the site, where the reader may withdraw; null: he may not. */
  withdrawVersion: number | null;
  close: () => void;
};

export function Lightbox({ items, startId, withdrawVersion, close }: LightboxProps) {
  const { evidence: texts } = useMarkingTexts();
  const language = useLanguage();
  const [id, setId] = useState(startId);
  const index = Math.max(
    0,
    items.findIndex((item) => item.id === id),
  );
  const item = items[index];
  if (item === undefined) return null;
  const go = (by: number) => {
    const next = items[index + by];
    if (next) setId(next.id);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
  };
  return (
    <ModalDialog title={item.fileName} close={close} className="lightbox">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys are a second way beside the two buttons */}
      <div className="lightbox-body" onKeyDown={pressed}>
        <Preview item={item} />
        {items.length > 1 && (
          <div className="lightbox-steps">
            <button
              type="button"
              className="icon-button"
              aria-label={texts.previous}
              disabled={index === 0}
              onClick={() => go(-1)}
            >
              <LeftOutlined />
            </button>
            <span className="figure-left" role="status">
              {texts.position(formatNumber(index + 1, language), formatNumber(items.length, language))}
            </span>
            <button
              type="button"
              className="icon-button"
              aria-label={texts.next}
              disabled={index === items.length - 1}
              onClick={() => go(1)}
            >
              <RightOutlined />
            </button>
          </div>
        )}
        <Details item={item} withdrawVersion={withdrawVersion} />
      </div>
    </ModalDialog>
  );
}

const shownByAll = new Set(['image/jpeg', 'image/png', 'image/webp']);

function Preview({ item }: { item: Attachment }) {
  const { evidence: texts } = useMarkingTexts();
  if (item.kind === 'photo') {
    // Not every browser shows HEIC; the small picture of it they all do.
    const part = shownByAll.has(item.mediaType) ? 'file' : 'thumbnail';
    return <img className="lightbox-photo" src={attachmentUrl(item.id, part)} alt={item.fileName} />;
  }
  if (item.mediaType === 'application/pdf' && navigator.pdfViewerEnabled) {
    // In a sandboxed frame browsers show no PDF; their viewer is apart from the page, and the service sends nothing else as one.
    return <iframe className="lightbox-pdf" title={item.fileName} src={attachmentUrl(item.id, 'preview')} />;
  }
  return <p className="lightbox-none">{texts.noPreview}</p>;
}

function Details({ item, withdrawVersion }: { item: Attachment; withdrawVersion: number | null }) {
  const { evidence: texts } = useMarkingTexts();
  const allTexts = useTexts();
  const language = useLanguage();
  const word = useWord();
  const detail = useCheckDetail();
  const withdraw = useWithdrawAttachment(item.siteCode);
  const problem = withdraw.error && explainFailure(withdraw.error, allTexts);
  return (
    <div className="lightbox-details">
      <CheckMarks checks={item.checks} />
      {item.checks.map((check) => (
        <p key={check.id} className="quiet">
          {detail(check)}
        </p>
      ))}
      <p className="quiet">
        {item.moment !== null && `${texts.moments[item.moment]} · `}
        {item.purpose !== null && `${texts.purpose(word(requirements[item.purpose].title))} · `}
        {item.kind === 'photo' &&
          `${item.takenAt === null ? texts.takenUnknown : texts.takenAt(readTime(item.takenAt))} · `}
        {formatFileSize(item.byteSize, language)} ·{' '}
        {texts.uploadedBy(item.uploadedBy, readTime(item.uploadedAt))}
      </p>
      <p className="quiet lightbox-hash">{texts.hash(item.sha256.slice(0, 16))}</p>
      <p className="lightbox-actions">
        <a href={attachmentUrl(item.id, 'preview')} target="_blank" rel="noreferrer">
          {texts.openAside}
        </a>
        <a href={attachmentUrl(item.id)} download={item.fileName}>
          {texts.download}
        </a>
        {item.withdrawnAt !== null && <span>{texts.withdrawn}</span>}
        {withdrawVersion !== null && item.withdrawnAt === null && (
          <Popconfirm
            title={texts.withdrawAsk}
            description={texts.withdrawDetail}
            okText={texts.withdraw}
            onConfirm={() => withdraw.mutate({ id: item.id, version: withdrawVersion })}
            getPopupContainer={(trigger) => trigger.parentElement ?? document.body}
          >
            <button type="button" className="link-button" disabled={withdraw.isPending}>
              {texts.withdraw}
            </button>
          </Popconfirm>
        )}
      </p>
      {problem && (
        <p className="alert-ink" role="alert">
          {problem.what} {problem.todo}
        </p>
      )}
    </div>
  );
}
