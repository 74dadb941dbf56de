/** Photos as tiles and documents as lines, opened large; before and after compared. */
import { SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { DocumentRow } from './document-row.tsx';
import { Lightbox } from './lightbox.tsx';
import { PhotoComparison } from './photo-comparison.tsx';
import { firstPair, inOrderOfWorks } from './photo-pairs.ts';
import { PhotoTile } from './photo-tile.tsx';

export function EvidenceGallery(props: {
  attachments: readonly Attachment[];
  /** Version of the site, where the reader may withdraw; null: he may not. */
  withdrawVersion: number | null;
  /** Says so where there is nothing of a kind. */
  showEmpty: boolean;
}) {
  const { evidence: texts } = useMarkingTexts();
  const [openId, setOpenId] = useState<string | null>(null);
  const [comparing, setComparing] = useState(false);
  const photos = inOrderOfWorks(props.attachments.filter(({ kind }) => kind === 'photo'));
  const documents = props.attachments.filter(({ kind }) => kind === 'document');
  const opened = props.attachments.find(({ id }) => id === openId);
  const standing = photos.filter(({ withdrawnAt }) => withdrawnAt === null);
  return (
    <>
      {photos.length > 0 && (
        <ul className="photo-tiles" aria-label={texts.photos}>
          {photos.map((photo) => (
            <PhotoTile key={photo.id} photo={photo} open={() => setOpenId(photo.id)} />
          ))}
        </ul>
      )}
      {photos.length === 0 && props.showEmpty && <p className="quiet">{texts.noPhotos}</p>}
      {firstPair(standing) !== null && (
        <Button
          size="small"
          className="compare-button"
          icon={<SwapOutlined />}
          onClick={() => setComparing(true)}
        >
          {texts.compare}
        </Button>
      )}
      {documents.length > 0 && (
        <ul className="document-rows" aria-label={texts.documents}>
          {documents.map((document) => (
            <DocumentRow key={document.id} document={document} open={() => setOpenId(document.id)} />
          ))}
        </ul>
      )}
      {documents.length === 0 && props.showEmpty && <p className="quiet">{texts.noDocuments}</p>}
      {opened && (
        <Lightbox
          items={opened.kind === 'photo' ? photos : documents}
          startId={opened.id}
          withdrawVersion={props.withdrawVersion}
          close={() => setOpenId(null)}
        />
      )}
      {comparing && <PhotoComparison photos={standing} close={() => setComparing(false)} />}
    </>
  );
}
