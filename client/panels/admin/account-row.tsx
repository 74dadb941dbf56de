/** One account of the list with what can be done about it; what ends sessions is asked for once more. */
import { Button, Popconfirm } from 'antd';
import type { AccountList, AccountRecord, IssuedAccount } from '../../../geodata/contract/accounts.ts';
import { scopedRoleIds } from '../../../geodata/contract/session.ts';
import { useChangeAccount, useEndSessions, useResetPassword } from '../../api/accounts.ts';
import { useAccount } from '../../api/session.ts';
import { useAdministrationTexts } from '../../i18n/administration-texts.ts';
import { formatNumber, joinWords } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';
import { readTime } from '../marking/field-words.ts';

/** More units than these are counted. */
const UNITS_NAMED = 3;

export function AccountRow(props: {
  account: AccountRecord;
  scope: AccountList['scope'];
  edit: () => void;
  issued: (issued: IssuedAccount) => void;
}) {
  const { accounts: texts } = useAdministrationTexts();
  const { session } = useTexts();
  const language = useLanguage();
  const me = useAccount();
  const { account } = props;
  const isMe = me.role !== 'anonymous' && me.id === account.id;
  const isDisabled = account.disabledAt !== null;
  return (
    <tr className={isDisabled ? 'history-past' : undefined}>
      <th scope="row">
        <strong>{account.name}</strong>{' '}
        {account.isSample && <span className="sample-mark">{texts.sample}</span>}
        <small>
          {account.username}
          {isMe && ` · ${texts.you}`}
        </small>
      </th>
      <td data-title={texts.columns.role}>{session.roles[account.role]}</td>
      <td data-title={texts.columns.scope}>
        <Scope account={account} scope={props.scope} />
      </td>
      <td data-title={texts.columns.state}>
        <span>
          <span className={isDisabled ? 'state-mark' : 'state-mark state-mark-current'}>
            {isDisabled ? texts.states.disabled : texts.states.active}
          </span>
          {!isDisabled && account.mustChangePassword && <small>{texts.states.mustChange}</small>}
        </span>
      </td>
      <td data-title={texts.columns.lastSignIn} className="figure-left">
        <span>
          {account.lastSignInAt === null ? texts.never : readTime(account.lastSignInAt)}
          {account.sessions > 0 && <small>{texts.sessions(formatNumber(account.sessions, language))}</small>}
        </span>
      </td>
      <td data-title={texts.columns.actions}>
        <RowActions {...props} isMe={isMe} />
      </td>
    </tr>
  );
}

function Scope({ account, scope }: { account: AccountRecord; scope: AccountList['scope'] }) {
  const { accounts: texts } = useAdministrationTexts();
  const language = useLanguage();
  const word = useWord();
  if (account.role === 'city_reviewer') return texts.allUnits;
  if (!scopedRoleIds.some((role) => role === account.role)) return '—';
  const units = account.units.map((code) => {
    const unit = scope.units.find((each) => each.code === code);
    return unit === undefined ? code : word(unit.title);
  });
  const layers = account.layers.map((id) => {
    const layer = scope.layers.find((each) => each.id === id);
    return layer === undefined ? id : word(layer.title);
  });
  const unitWords =
    units.length > UNITS_NAMED
      ? texts.units(units[0] ?? '', formatNumber(units.length, language))
      : joinWords(units, language);
  return (
    <span title={joinWords(units, language)}>
      {unitWords}
      <small>{joinWords(layers, language)}</small>
    </span>
  );
}

function RowActions(props: {
  account: AccountRecord;
  isMe: boolean;
  edit: () => void;
  issued: (issued: IssuedAccount) => void;
}) {
  const texts = useTexts();
  const words = useAdministrationTexts();
  const { accounts: labels } = words;
  const reset = useResetPassword();
  const change = useChangeAccount();
  const end = useEndSessions();
  const { account } = props;
  const { id, name, version } = account;
  const isDisabled = account.disabledAt !== null;
  const error = reset.error ?? change.error ?? end.error;
  const failure = error && explainFailure(error, texts);
  return (
    <span className="account-buttons">
      <Button size="small" onClick={props.edit}>
        {labels.edit}
      </Button>
      <Popconfirm
        title={labels.resetAsk(name)}
        description={labels.resetDetail}
        okText={labels.reset}
        onConfirm={() => reset.mutate({ id }, { onSuccess: props.issued })}
      >
        <Button size="small" loading={reset.isPending}>
          {labels.reset}
        </Button>
      </Popconfirm>
      {account.sessions > 0 && !props.isMe && (
        <Popconfirm
          title={labels.endSessionsAsk(name)}
          okText={labels.endSessions}
          onConfirm={() => end.mutate({ id })}
        >
          <Button size="small" loading={end.isPending}>
            {labels.endSessions}
          </Button>
        </Popconfirm>
      )}
      {isDisabled && (
        <Button
          size="small"
          loading={change.isPending}
          onClick={() => change.mutate({ id, version, change: { disabled: false } })}
        >
          {labels.enable}
        </Button>
      )}
      {!isDisabled && !props.isMe && (
        <Popconfirm
          title={labels.disableAsk(name)}
          description={labels.disableDetail}
          okText={labels.disable}
          onConfirm={() => change.mutate({ id, version, change: { disabled: true } })}
        >
          <Button size="small" danger loading={change.isPending}>
            {labels.disable}
          </Button>
        </Popconfirm>
      )}
      {failure && (
        <small className="alert-ink" role="alert">
          {[words.failed, failure.what, failure.todo]
            .filter((part, index, parts) => part !== '' && parts.indexOf(part) === index)
            .join(' · ')}
        </small>
      )}
    </span>
  );
}
