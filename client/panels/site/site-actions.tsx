/** 可以办理: a button for each thing the reader can do now; for the others why not, in words. */
import { Button, Popconfirm } from 'antd';
import type { MineSite, SiteAction } from '../../../geodata/contract/marking.ts';
import { obstacleWords } from '../../../geodata/domain/obstacle-words.ts';
import { requirements } from '../../../geodata/domain/workflow.ts';
import { useSiteCommand } from '../../api/mine-sites.ts';
import { joinWords } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { SendFailure } from '../marking/send-failure.tsx';
import { commonObstacle, listActions } from './action-list.ts';
import { openTask } from './open-site.ts';

export function SiteActions({ site }: { site: MineSite }) {
  const { actions: texts, signIn } = useMarkingTexts();
  const word = useWord();
  const setPanel = useAppState((state) => state.setPanel);
  const withdrawal = useSiteCommand(site.code);
  const list = listActions(site);
  const common = commonObstacle(list);
  return (
    <section className="site-part site-actions" aria-label={texts.title}>
      {list.possible.length > 0 && (
        <div className="action-buttons">
          {list.possible.map((action, index) => (
            <ActionButton
              key={`${action.action}/${action.to ?? ''}`}
              site={site}
              action={action}
              first={index === 0}
              withdraw={() =>
                withdrawal.mutate({
                  command: { do: 'withdraw', period: site.period },
                  version: site.version,
                })
              }
              withdrawing={withdrawal.isPending}
            />
          ))}
        </div>
      )}
      <SendFailure error={withdrawal.error} />
      {common !== null && (
        <p className="quiet action-common">
          {word(obstacleWords[common])}{' '}
          {common === 'not_signed_in' && (
            <button
              type="button"
              className="link-button"
              aria-haspopup="dialog"
              onClick={() => setPanel('signInOpen', true)}
            >
              {signIn}
            </button>
          )}
        </p>
      )}
      {common === null && list.blocked.length > 0 && <Blocked actions={list.blocked} />}
      {list.possible.length === 0 && list.blocked.length === 0 && <p className="quiet">{texts.nothing}</p>}
    </section>
  );
}

function ActionButton(props: {
  site: MineSite;
  action: SiteAction;
  first: boolean;
  withdraw: () => void;
  withdrawing: boolean;
}) {
  const { actions: texts } = useMarkingTexts();
  const needs = useNeedWords(props.action);
  const { code, report } = props.site;
  const { action, to } = props.action;
  const title = useActionTitle(props.action, report?.state === 'returned' || report?.state === 'withdrawn');
  if (action === 'withdraw') {
    return (
      <Popconfirm
        title={texts.withdrawAsk}
        description={texts.withdrawDetail}
        okText={texts.withdraw}
        onConfirm={props.withdraw}
      >
        <Button loading={props.withdrawing}>{title}</Button>
      </Popconfirm>
    );
  }
  const open = () => {
    if (action === 'decide' && to !== undefined) openTask({ code, do: 'decide', to });
    else if (action === 'pass' || action === 'return') openTask({ code, do: 'review' });
    else if (action === 'report' || action === 'no_progress' || action === 'correct')
      openTask({ code, do: action });
  };
  return (
    <Button type={props.first ? 'primary' : 'default'} title={needs} onClick={open}>
      {title}
    </Button>
  );
}

function Blocked({ actions }: { actions: readonly SiteAction[] }) {
  const { actions: texts } = useMarkingTexts();
  return (
    <details className="mark-more">
      <summary>{texts.blockedTitle}</summary>
      <ul className="blocked-actions">
        {actions.map((action) => (
          <BlockedAction key={`${action.action}/${action.to ?? ''}`} action={action} />
        ))}
      </ul>
    </details>
  );
}

function BlockedAction({ action }: { action: SiteAction }) {
  const word = useWord();
  const title = useActionTitle(action, false);
  return (
    <li>
      <span>{title}</span>
      <span className="quiet">{action.obstacle === null ? '' : word(obstacleWords[action.obstacle])}</span>
    </li>
  );
}

function useActionTitle({ action, to }: SiteAction, again: boolean): string {
  const { actions: texts } = useMarkingTexts();
  if (action === 'decide' && to !== undefined) return texts.steps[to];
  if (action === 'pass') return texts.review;
  if (action === 'report' && again) return texts.resubmit;
  return action === 'decide' ? texts.review : texts[action];
}

function useNeedWords({ needs }: SiteAction): string | undefined {
  const { actions: texts } = useMarkingTexts();
  const language = useLanguage();
  const word = useWord();
  if (needs.length === 0) return undefined;
  return texts.needs(
    joinWords(
      needs.map((id) => word(requirements[id].title)),
      language,
    ),
  );
}
