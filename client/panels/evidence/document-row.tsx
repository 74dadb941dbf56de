/** A document as a line: what it is for, its name and size. */
import { FileTextOutlined } from '@ant-design/icons';
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import { requirements } from '../../../geodata/domain/workflow.ts';
import { formatDateShort } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { formatFileSize } from '../import/file-size.ts';

export function DocumentRow({ document, open }: { document: Attachment; open: () => void }) {
  const { evidence: texts } = useMarkingTexts();
  const language = useLanguage();
  const word = useWord();
  const purpose = document.purpose === null ? '' : `${word(requirements[document.purpose].title)} · `;
  return (
    <li className={document.withdrawnAt === null ? 'document-row' : 'document-row document-withdrawn'}>
      <FileTextOutlined aria-hidden="true" />
      <button
        type="button"
        className="document-open"
        aria-label={texts.open(document.fileName)}
        onClick={open}
      >
        {document.fileName}
      </button>
      <span className="quiet">
        {purpose}
        {formatFileSize(document.byteSize, language)} · {formatDateShort(document.uploadedAt)}
        {document.withdrawnAt !== null && ` · ${texts.withdrawn}`}
      </span>
    </li>
  );
}
