/** Photos and documents of a mark: those there are, those on their way, and where more are added. */
import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { type Attachment, momentIds } from '../../../geodata/contract/attachments.ts';
import { type RequirementId, requirements, type StatusId } from '../../../geodata/domain/workflow.ts';
import type { Moment } from '../../api/attachments.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useWord } from '../../i18n/text.ts';
import { EvidenceGallery } from './evidence-gallery.tsx';
import { FileChoice } from './file-choice.tsx';
import { likelyMoment } from './likely-moment.ts';
import { UploadList } from './upload-list.tsx';
import { addUploads, useUploads } from './upload-queue.ts';

export function EvidenceField(props: {
  code: string;
  /** Of the site. */
  version: number;
  period: string;
  /** Status the site is in or comes to: tells which photos are likely. */
  status: StatusId;
  /** What the step needs; each document of them has a place of its own. */
  needs: readonly RequirementId[];
  evidence: readonly Attachment[];
  /** Only the documents the step needs: a decision rests on nothing else. */
  onlyNeeded?: boolean;
}) {
  const { evidence: texts } = useMarkingTexts();
  const word = useWord();
  const client = useQueryClient();
  const { code, period, needs, evidence } = props;
  const [chosen, setChosen] = useState<Moment | null>(null);
  const moment = chosen ?? likelyMoment(props.status, needs);
  const uploads = useUploads((state) => state.uploads).filter((upload) => upload.code === code);
  const documents = needs.filter((id) => requirements[id].form === 'document');
  return (
    <div className="evidence-field">
      <EvidenceGallery attachments={evidence} withdrawVersion={props.version} showEmpty={false} />
      <UploadList uploads={uploads} />
      {!props.onlyNeeded && (
        <PhotoAdding
          moment={moment}
          choose={setChosen}
          add={(files) => addUploads(client, code, files, { moment, period })}
        />
      )}
      {documents.map((purpose) => (
        <DocumentPlace
          key={purpose}
          title={word(requirements[purpose].title)}
          isThere={evidence.some((each) => each.purpose === purpose)}
          add={(files) => addUploads(client, code, files, { purpose, period })}
        />
      ))}
      {!props.onlyNeeded && (
        <DocumentPlace
          title={texts.otherDocument}
          isThere={null}
          add={(files) => addUploads(client, code, files, { period })}
        />
      )}
      <p className="quiet">{texts.documentFormats}</p>
    </div>
  );
}

function PhotoAdding(props: {
  moment: Moment;
  choose: (moment: Moment) => void;
  add: (files: readonly File[]) => void;
}) {
  const { evidence: texts } = useMarkingTexts();
  return (
    <div className="photo-adding">
      <Segmented
        aria-label={texts.momentLabel}
        value={props.moment}
        options={momentIds.map((value) => ({ value, label: texts.moments[value] }))}
        onChange={props.choose}
      />
      <FileChoice
        kind="photo"
        className="photo-drop"
        purpose={`${texts.moments[props.moment]}: ${texts.addPhoto}`}
        label={
          <>
            <PlusOutlined aria-hidden="true" />{' '}
            <span>
              <span className="not-on-phone">{texts.photoDrop} </span>
              <b>{texts.addPhoto}</b>
            </span>
          </>
        }
        add={props.add}
      />
      <p className="quiet">{texts.photoFormats}</p>
    </div>
  );
}

/** `isThere` null: not asked for. */
function DocumentPlace(props: {
  title: string;
  isThere: boolean | null;
  add: (files: readonly File[]) => void;
}) {
  const marking = useMarkingTexts();
  const texts = marking.evidence;
  return (
    <div className="document-place">
      <span>
        {props.title}
        {props.isThere === false && <small className="required-mark"> {marking.required}</small>}
        {props.isThere === true && <span aria-hidden="true"> ✓</span>}
      </span>
      <FileChoice
        kind="document"
        className="document-drop"
        purpose={`${props.title}: ${texts.addDocument}`}
        label={texts.addDocument}
        add={props.add}
      />
    </div>
  );
}
