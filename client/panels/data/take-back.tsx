/** 撤回 of one import, asked for once more before it is done; where it is refused, the reason stands beside it. */
import { Button, Popconfirm } from 'antd';
import type { ImportedDataset } from '../../../geodata/contract/imports.ts';
import { useTakeBack } from '../../api/imports.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';

export function TakeBack({ dataset, size }: { dataset: ImportedDataset; size: 'small' | 'medium' }) {
  const texts = useTexts();
  const words = texts.imports.history;
  const word = useWord();
  const takeBack = useTakeBack();
  const refusal = dataset.takeBackRefusal;
  const problem = takeBack.error && explainFailure(takeBack.error, texts);
  return (
    <span className="take-back">
      <Popconfirm
        title={words.takeBackConfirm(dataset.title)}
        description={words.takeBackDetail}
        okText={words.takeBack}
        disabled={refusal !== null}
        onConfirm={() => takeBack.mutate(dataset.id)}
      >
        <Button size={size} disabled={refusal !== null} loading={takeBack.isPending}>
          {takeBack.isPending ? words.takingBack : words.takeBack}
        </Button>
      </Popconfirm>
      {refusal && <small className="quiet">{word(refusal)}</small>}
      {problem && (
        <small className="alert-ink" role="alert">
          {[words.takeBackFailed, problem.what, problem.todo].filter((part) => part !== '').join(' · ')}
        </small>
      )}
    </span>
  );
}
