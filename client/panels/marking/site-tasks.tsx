/** Where the forms of a site appear; their code is loaded when the first is opened. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useAppState } from '../../state/app-state.ts';
import { CrashBoundary } from '../crash-notice.tsx';

const SiteTaskHost = lazy(() => import('./site-task-host.tsx'));

export function SiteTasks() {
  const open = useAppState((state) => state.siteTask !== null);
  const [wasOpen, setWasOpen] = useState(false);
  useEffect(() => {
    if (open) setWasOpen(true);
  }, [open]);
  if (!wasOpen && !open) return null;
  return (
    <CrashBoundary>
      <Suspense>
        <SiteTaskHost />
      </Suspense>
    </CrashBoundary>
  );
}
