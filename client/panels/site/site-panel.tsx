/** The panel of one mine site: facts, the month's report, what can be done, patches, evidence, history. Loaded when one is selected. */
import '../../styles/marking.css';
import '../../styles/evidence.css';
import '../../styles/site.css';
import { AimOutlined, CloseOutlined } from '@ant-design/icons';
import { Skeleton } from 'antd';
import { useEffect, useId, useRef } from 'react';
import { phaseDraws } from '../../../geodata/catalogue/mine-sites.ts';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { can } from '../../../geodata/domain/can.ts';
import { statuses } from '../../../geodata/domain/workflow.ts';
import { useMineSite } from '../../api/mine-sites.ts';
import { RequestError } from '../../api/request.ts';
import { useAccount } from '../../api/session.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { Swatch } from '../../map/legend-swatch.tsx';
import { useAppState } from '../../state/app-state.ts';
import { ClosedNote } from '../account/closed-note.tsx';
import { useCloseByEscape } from '../feature/close-by-escape.ts';
import { RequestNotice } from '../request-notice.tsx';
import { SiteActions } from './site-actions.tsx';
import { SiteEvidence } from './site-evidence.tsx';
import { SiteFacts } from './site-facts.tsx';
import { SiteHistory } from './site-history.tsx';
import { SitePatches } from './site-patches.tsx';
import { SiteReport } from './site-report.tsx';

export default function SitePanel({ code }: { code: string }) {
  const texts = useMarkingTexts();
  const allTexts = useTexts();
  const titleId = useId();
  const heading = useFocusFromMap();
  const { data: site, error, refetch } = useMineSite(code);
  const { select, requestView } = useAppState.getState();
  const taskOpen = useAppState((state) => state.siteTask !== null);
  const mapWorks = useAppState((state) => state.mapSupport !== 'unsupported');
  useCloseByEscape(() => {
    if (!taskOpen) select(null);
  });
  const gone =
    error instanceof RequestError &&
    error.failure.cause === 'refused' &&
    error.failure.problem.status === 404;
  return (
    <div role="dialog" aria-modal={false} aria-labelledby={titleId} className="feature-card site-panel">
      <header className="feature-head">
        {site && <Swatch draw={phaseDraws[statuses[site.state.status].phase]} size={20} />}
        <div>
          <h2 id={titleId} ref={heading} tabIndex={-1}>
            {site?.name ?? code}
          </h2>
          {site && <SiteStatus site={site} />}
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label={texts.site.zoomTo}
          title={texts.site.zoomTo}
          disabled={site === undefined || !mapWorks}
          onClick={() => requestView({ fit: 'selection' })}
        >
          <AimOutlined />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={allTexts.close}
          title={allTexts.feature.closeHint}
          onClick={() => select(null)}
        >
          <CloseOutlined />
        </button>
      </header>
      {site && !gone && <Sections site={site} />}
      {gone && <p className="notice">{texts.gone}</p>}
      {error && !gone && site === undefined && (
        <RequestNotice title={texts.failed.site} error={error} retry={() => void refetch()} />
      )}
      {!site && !error && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
    </div>
  );
}

function SiteStatus({ site }: { site: MineSite }) {
  const texts = useMarkingTexts();
  const { sampleData } = useTexts();
  const word = useWord();
  const { state } = site;
  return (
    <p>
      <strong className="site-status">{word(statuses[state.status].title)}</strong>
      {state.statusOn !== null && <span>{texts.site.since(state.statusOn)}</span>}
      {site.dataKind === 'sample' && <span className="sample-mark">{sampleData}</span>}
    </p>
  );
}

function Sections({ site }: { site: MineSite }) {
  const texts = useMarkingTexts();
  const account = useAccount();
  const mayReadDetails = can(account, 'read_details');
  return (
    <>
      <SiteReport site={site} />
      <SiteActions site={site} />
      <SiteFacts site={site} />
      <SitePatches site={site} />
      {mayReadDetails ? (
        <>
          <SiteEvidence site={site} />
          <SiteHistory site={site} />
        </>
      ) : (
        <ClosedNote text={texts.needsSignIn} />
      )}
    </>
  );
}

/** A choice on the map or in the search leads on to what it shows; lists keep their own focus. */
function useFocusFromMap() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    if (before === document.body || before?.closest('.map-area, .search')) {
      heading.current?.focus({ preventScroll: true });
    }
    return () => {
      const focusIsLost = document.activeElement === document.body || document.activeElement === null;
      if (focusIsLost && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return heading;
}
