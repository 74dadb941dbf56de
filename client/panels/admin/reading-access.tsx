/** 免登录查看: which layers may be read without an account; opening what is not public is asked for once more. */
import { Popconfirm, Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { LayerAccessRecord } from '../../../geodata/contract/layer-access.ts';
import { useLayerAccess, useSetLayerAccess } from '../../api/accounts.ts';
import { useAdministrationTexts } from '../../i18n/administration-texts.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';
import { RequestNotice } from '../request-notice.tsx';

export function ReadingAccess() {
  const { access: texts } = useAdministrationTexts();
  const { data, error, refetch } = useLayerAccess();
  if (data === undefined) {
    return error ? (
      <RequestNotice title={texts.failed} error={error} retry={() => void refetch()} />
    ) : (
      <Skeleton active title={false} paragraph={{ rows: 8 }} />
    );
  }
  return (
    <>
      <p className="quiet admin-intro">{texts.intro}</p>
      <table className="dataset-table access-table">
        <thead>
          <tr>
            <th scope="col">{texts.layer}</th>
            <th scope="col">{texts.now}</th>
            <th scope="col">{texts.setting}</th>
          </tr>
        </thead>
        <tbody>
          {data.layers.map((layer) => (
            <AccessRow key={layer.layerId} layer={layer} />
          ))}
        </tbody>
      </table>
    </>
  );
}

type Setting = 'default' | 'open' | 'closed';
const settingValue: Record<Setting, boolean | null> = { default: null, open: true, closed: false };

function AccessRow({ layer }: { layer: LayerAccessRecord }) {
  const allTexts = useTexts();
  const { access: texts } = useAdministrationTexts();
  const word = useWord();
  const set = useSetLayerAccess();
  const [asking, setAsking] = useState<Setting | null>(null);
  const title = word(layer.title);
  const setting: Setting = layer.setting === null ? 'default' : layer.setting ? 'open' : 'closed';
  const send = (wanted: Setting) =>
    set.mutate({ layerId: layer.layerId, anonymousRead: settingValue[wanted] });
  const choose = (wanted: Setting) => {
    if (wanted === 'open' && layer.isSensitive) setAsking(wanted);
    else send(wanted);
  };
  const failure = set.error && explainFailure(set.error, allTexts);
  return (
    <tr>
      <th scope="row">
        {title}
        {layer.hasOfficialData && <small>{layer.isSensitive ? texts.sensitive : texts.official}</small>}
      </th>
      <td data-title={texts.now}>
        <span className={layer.mayReadAnonymously ? 'state-mark' : 'state-mark state-mark-current'}>
          {layer.mayReadAnonymously ? texts.open : texts.closed}
        </span>
      </td>
      <td data-title={texts.setting}>
        <Popconfirm
          open={asking !== null}
          title={texts.sensitiveAsk(title)}
          description={texts.sensitiveDetail}
          okText={texts.confirm}
          onConfirm={() => {
            if (asking !== null) send(asking);
            setAsking(null);
          }}
          onCancel={() => setAsking(null)}
        >
          <Select
            className="access-choice"
            aria-label={texts.labelOf(title)}
            value={setting}
            loading={set.isPending}
            disabled={set.isPending}
            onChange={choose}
            options={(['default', 'open', 'closed'] as const).map((value) => ({
              value,
              label: texts.settings[value],
            }))}
          />
        </Popconfirm>
        {failure && (
          <small className="alert-ink" role="alert">
            {failure.what} {failure.todo !== failure.what && failure.todo}
          </small>
        )}
      </td>
    </tr>
  );
}
