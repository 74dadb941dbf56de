/** 历史: what happened to a site, newest first, with who and when, what changed field by field, and the way back. */
import { Button, Skeleton } from 'antd';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { useSiteHistory } from '../../api/mine-sites.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { RequestNotice } from '../request-notice.tsx';
import { HistoryEvent } from './history-event.tsx';

export function SiteHistory({ site }: { site: MineSite }) {
  const texts = useMarkingTexts();
  const history = useSiteHistory(site.code, { enabled: true });
  const events = history.data?.pages.flatMap((page) => page.events) ?? [];
  const mayRestore = site.actions.some(({ action, obstacle }) => action === 'restore' && obstacle === null);
  const standing = events.find(({ setsState }) => setsState);
  return (
    <section className="site-part" aria-label={texts.site.history}>
      <h3>{texts.site.history}</h3>
      {events.length > 0 && (
        <ol className="timeline">
          {events.map((event) => (
            <HistoryEvent
              key={event.seq}
              event={event}
              site={site}
              restorable={mayRestore && event.setsState && event.seq !== standing?.seq}
            />
          ))}
        </ol>
      )}
      {history.data && events.length === 0 && <p className="quiet">{texts.history.none}</p>}
      {history.hasNextPage && (
        <Button
          size="small"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {texts.more}
        </Button>
      )}
      {history.error && (
        <RequestNotice
          title={texts.failed.history}
          error={history.error}
          retry={() => void history.refetch()}
        />
      )}
      {history.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
    </section>
  );
}
