/** 复制为文字: the figures as an official sentence, on the clipboard or, where that is refused, to be copied by hand. */
import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { copyText } from '../copy-text.ts';
import { officialSentence, type Told } from './official-sentence.ts';

const DONE_MS = 2_000;

export function CopySentence({ told }: { told: Told }) {
  const { progress: texts } = useTexts();
  const language = useLanguage();
  const [done, setDone] = useState(false);
  const [byHand, setByHand] = useState(false);
  const sentence = officialSentence(told, texts.sentence, language);
  const copy = async () => {
    if (!(await copyText(sentence))) return setByHand(true);
    setDone(true);
    setTimeout(() => setDone(false), DONE_MS);
  };
  return (
    <>
      <button
        type="button"
        className="link-button copy-sentence"
        title={sentence}
        onClick={() => void copy()}
      >
        {done ? <CheckOutlined /> : <CopyOutlined />}{' '}
        <span aria-live="polite">{done ? texts.copied : texts.copySentence}</span>
      </button>
      <Modal title={texts.copySentence} open={byHand} onCancel={() => setByHand(false)} footer={null}>
        <p>{texts.copyByHand}</p>
        <Input.TextArea
          readOnly
          autoSize
          autoFocus
          value={sentence}
          onFocus={({ target }) => target.select()}
        />
      </Modal>
    </>
  );
}
