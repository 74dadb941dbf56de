/** The sheet as the service draws it. The last picture stays until the next has come; its place never changes. */
import { ExpandOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SheetPlanResponse, SheetSpec } from '../../../geodata/contract/sheets.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useSheetTexts } from '../../i18n/sheet-texts.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { explainFailure } from '../explain-failure.ts';
import { PreviewDialog } from './preview-dialog.tsx';
import { isComplete } from './sheet-from-map.ts';
import { extentOfRing } from './use-sheet-answers.ts';

type Props = { sheet: SheetSpec; plan: UseQueryResult<SheetPlanResponse>; preview: UseQueryResult<Blob> };

export function SheetPreview({ sheet, plan, preview }: Props) {
  const texts = useSheetTexts();
  const complete = isComplete(sheet);
  const url = useObjectUrl(complete ? preview.data : undefined);
  const [enlarged, setEnlarged] = useState(false);
  const failure = plan.error ?? preview.error;
  const isBusy = complete && (plan.isFetching || preview.isFetching || preview.isPlaceholderData);
  return (
    <section className="sheet-preview" aria-label={texts.preview} aria-busy={isBusy}>
      <div className="preview-paper">
        {url !== null && (
          <button
            type="button"
            className="preview-picture"
            aria-label={texts.previewEnlarge}
            onClick={() => setEnlarged(true)}
          >
            <img src={url} alt={texts.previewAlt} className={failure ? 'preview-old' : undefined} />
            <ExpandOutlined className="preview-enlarge" />
          </button>
        )}
        {!complete && <p className="preview-message">{texts.siteNeeded}</p>}
        {failure !== null && complete && (
          <PreviewFailure
            title={plan.error ? texts.planFailed : texts.previewFailed}
            error={failure}
            retry={() => void Promise.all([plan.refetch(), preview.refetch()])}
          />
        )}
        <p role="status" className="preview-busy" data-busy={isBusy}>
          {isBusy && failure === null ? texts.previewBusy : ''}
        </p>
      </div>
      <PlanLine plan={complete ? plan.data : undefined} />
      {enlarged && url !== null && (
        <PreviewDialog url={url} widthMm={plan.data?.widthMm ?? 0} close={() => setEnlarged(false)} />
      )}
    </section>
  );
}

function PreviewFailure({ title, error, retry }: { title: string; error: unknown; retry: () => void }) {
  const texts = useTexts();
  const { what, todo } = explainFailure(error, texts);
  return (
    <div className="preview-message preview-failure" role="alert">
      <strong>{title}</strong>
      <p>
        {what} {todo !== what && todo}
      </p>
      <button type="button" className="link-button" onClick={retry}>
        {texts.retry}
      </button>
    </div>
  );
}

/** Paper and scale in one line, kept while the next are worked out. */
function PlanLine({ plan }: { plan: SheetPlanResponse | undefined }) {
  const texts = useSheetTexts();
  const language = useLanguage();
  const requestView = useAppState((state) => state.requestView);
  if (plan === undefined) return <p className="plan-line quiet">&nbsp;</p>;
  const [width, height] = [plan.widthMm, plan.heightMm].map((size) => formatNumber(size, language, 1));
  const scale = `1:${formatNumber(plan.scale, language)}`;
  const size: [string, string, string] = [width ?? '', height ?? '', scale];
  return (
    <p className="plan-line quiet">
      <span>{plan.paper === 'slide' ? texts.plannedFree(...size) : texts.planned(plan.paper, ...size)}</span>
      <button
        type="button"
        className="link-button not-on-phone"
        onClick={() => requestView({ extent: extentOfRing(plan.frameRing) })}
      >
        {texts.showFrame}
      </button>
    </p>
  );
}

/** An address of the picture in this page; null without one. Given back when the next takes its place. */
function useObjectUrl(blob: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (blob === undefined) return setUrl(null);
    const created = URL.createObjectURL(blob);
    setUrl(created);
    return () => URL.revokeObjectURL(created);
  }, [blob]);
  return url;
}
