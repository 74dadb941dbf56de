/** 撤回 from the list, of whichever month it shows: until the county has opened the report. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import type { WorkItem } from '../../../geodata/contract/work-list.ts';
import { siteChanged, useSiteCommand } from '../../api/mine-sites.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { SendFailure } from '../marking/send-failure.tsx';
import { useWindowWidth } from '../window-width.ts';

export function WithdrawButton({ item: { code, period, version } }: { item: WorkItem }) {
  const { actions: texts } = useMarkingTexts();
  const size = useWindowWidth() === 'phone' ? 'large' : 'small';
  const command = useSiteCommand(code);
  const client = useQueryClient();
  const withdraw = () =>
    command.mutate(
      { command: { do: 'withdraw', period }, version },
      // What has changed meanwhile shows in the row.
      { onError: () => siteChanged(client, code) },
    );
  return (
    <span className="work-buttons">
      <Popconfirm
        title={texts.withdrawAsk}
        description={texts.withdrawDetail}
        okText={texts.withdraw}
        onConfirm={withdraw}
      >
        <Button size={size} loading={command.isPending}>
          {texts.withdraw}
        </Button>
      </Popconfirm>
      <SendFailure error={command.error} />
    </span>
  );
}
