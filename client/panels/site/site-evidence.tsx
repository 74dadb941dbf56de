/** Photos and documents of a site, of every month. */
import { Skeleton } from 'antd';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { can } from '../../../geodata/domain/can.ts';
import { useAttachments } from '../../api/attachments.ts';
import { useAccount } from '../../api/session.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { EvidenceGallery } from '../evidence/evidence-gallery.tsx';
import { MINE_LAYER } from '../mine-layer.ts';
import { RequestNotice } from '../request-notice.tsx';

export function SiteEvidence({ site }: { site: MineSite }) {
  const texts = useMarkingTexts();
  const account = useAccount();
  const { data, error, refetch } = useAttachments(site.code, { enabled: true });
  const mayWithdraw = can(account, 'mark', { id: MINE_LAYER }, site.reportingUnit?.code ?? null);
  return (
    <section className="site-part" aria-label={texts.site.evidence}>
      <h3>{texts.site.evidence}</h3>
      {data && (
        <EvidenceGallery attachments={data} withdrawVersion={mayWithdraw ? site.version : null} showEmpty />
      )}
      {!data && error && (
        <RequestNotice title={texts.failed.attachments} error={error} retry={() => void refetch()} />
      )}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
    </section>
  );
}
