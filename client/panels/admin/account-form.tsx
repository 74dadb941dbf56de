/** An account added or changed: name, role, and for those with a scope its layers and units. */
import { Button, Input, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { AccountList, AccountRecord, IssuedAccount } from '../../../geodata/contract/accounts.ts';
import { roleIds } from '../../../geodata/contract/session.ts';
import { useAddAccount, useChangeAccount } from '../../api/accounts.ts';
import { RequestError } from '../../api/request.ts';
import { useAdministrationTexts } from '../../i18n/administration-texts.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';
import { TaskFrame } from '../marking/task-frame.tsx';
import { type AccountDraft, firstAccountDraft, hasScope, readAccount } from './account-draft.ts';
import { CheckList } from './check-list.tsx';

export function AccountForm(props: {
  /** As it was when the form was opened; null: a new one. */
  account: AccountRecord | null;
  /** All accounts as they are now. */
  newest: readonly AccountRecord[];
  scope: AccountList['scope'];
  close: () => void;
  added: (issued: IssuedAccount) => void;
}) {
  const texts = useTexts();
  const words = useAdministrationTexts();
  const { form } = words;
  const word = useWord();
  const id = useId();
  const { account, scope } = props;
  const layerIds = scope.layers.map((layer) => layer.id);
  const [draft, setDraft] = useState(() => firstAccountDraft(account, layerIds));
  const [version, setVersion] = useState(account?.version ?? 0);
  const [attempted, setAttempted] = useState(false);
  const add = useAddAccount();
  const change = useChangeAccount();
  const { account: asked, problems } = readAccount(draft);
  const error = add.error ?? change.error;
  const isStale =
    error instanceof RequestError &&
    error.failure.cause === 'refused' &&
    error.failure.problem.status === 412;
  const failure = error && explainFailure(error, texts);
  const put = (part: Partial<AccountDraft>) => setDraft({ ...draft, ...part });
  const problemOf = (field: keyof AccountDraft) => {
    const problem = attempted ? problems.find((each) => each.field === field) : undefined;
    return problem === undefined ? null : form[problem.why];
  };
  const save = () => {
    setAttempted(true);
    if (problems.length > 0 || add.isPending || change.isPending) return;
    if (account === null) {
      add.mutate(asked, { onSuccess: props.added });
      return;
    }
    const { username: _fixed, ...changed } = asked;
    change.mutate({ id: account.id, version, change: changed }, { onSuccess: props.close });
  };
  const takeNewest = () => {
    const newest = props.newest.find((each) => each.id === account?.id);
    if (newest !== undefined) {
      setDraft(firstAccountDraft(newest, layerIds));
      setVersion(newest.version);
    }
    change.reset();
  };
  return (
    <TaskFrame
      title={account === null ? form.addTitle : form.editTitle(account.username)}
      close={props.close}
      footer={
        <div className="mark-footer">
          {failure && !isStale && (
            <p className="mark-problem" role="alert">
              {[failure.what, failure.todo === failure.what ? '' : failure.todo].filter(Boolean).join(' ')}
            </p>
          )}
          {isStale && (
            <p className="mark-problem" role="alert">
              {form.changedMeanwhile} <Button onClick={takeNewest}>{texts.retry}</Button>
            </p>
          )}
          <div className="mark-buttons">
            <Button size="large" onClick={props.close}>
              {words.cancel}
            </Button>
            <Button
              type="primary"
              size="large"
              className="mark-wide"
              disabled={isStale}
              loading={add.isPending || change.isPending}
              onClick={save}
            >
              {add.isPending || change.isPending ? words.saving : words.save}
            </Button>
          </div>
        </div>
      }
    >
      <div className="account-form">
        {account === null && (
          <Field
            id={`${id}-username`}
            title={form.username}
            hint={form.usernameHint}
            problem={problemOf('username')}
          >
            <Input
              id={`${id}-username`}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              value={draft.username}
              aria-invalid={problemOf('username') !== null}
              aria-describedby={`${id}-username-note`}
              onChange={(event) => put({ username: event.target.value })}
            />
          </Field>
        )}
        <Field id={`${id}-name`} title={form.name} hint={form.nameHint} problem={problemOf('name')}>
          <Input
            id={`${id}-name`}
            autoComplete="off"
            maxLength={100}
            value={draft.name}
            aria-invalid={problemOf('name') !== null}
            aria-describedby={`${id}-name-note`}
            onChange={(event) => put({ name: event.target.value })}
          />
        </Field>
        <Field id={`${id}-role`} title={form.role} hint={form.roleHints[draft.role]} problem={null}>
          <Select
            id={`${id}-role`}
            value={draft.role}
            onChange={(role) => put({ role })}
            options={roleIds.map((value) => ({ value, label: texts.session.roles[value] }))}
          />
        </Field>
        {hasScope(draft.role) && (
          <>
            <CheckList
              title={form.units}
              choices={scope.units.map(({ code, title }) => ({ value: code, label: word(title) }))}
              chosen={draft.units}
              change={(units) => put({ units })}
              problem={problemOf('units')}
            />
            <CheckList
              title={form.layers}
              choices={scope.layers.map((layer) => ({ value: layer.id, label: word(layer.title) }))}
              chosen={draft.layers}
              change={(layers) => put({ layers })}
              problem={problemOf('layers')}
            />
          </>
        )}
      </div>
    </TaskFrame>
  );
}

function Field(props: {
  id: string;
  title: string;
  hint: string;
  problem: string | null;
  children: ReactNode;
}) {
  return (
    <div className="account-field">
      <label htmlFor={props.id}>{props.title}</label>
      {props.children}
      <p
        id={`${props.id}-note`}
        className={props.problem === null ? 'quiet' : 'mark-problem'}
        role={props.problem === null ? undefined : 'alert'}
      >
        {props.problem ?? props.hint}
      </p>
    </div>
  );
}
