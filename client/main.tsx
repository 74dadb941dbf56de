/** Starts the screen: settings that must come first, then the state of the link, then React. */
import './api/zod-without-eval.ts';
import './styles/base.css';
import './styles/shell.css';
import './styles/layers.css';
import './styles/legend.css';
import './styles/context.css';
import './styles/feature.css';
import './styles/table.css';
import './styles/search.css';
import './styles/status.css';
import './styles/time.css';
import './styles/data.css';
import './styles/account.css';
import './styles/basemap.css';
import './styles/phone.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { catalogueQuery } from './api/catalogue.ts';
import { queryClient } from './api/query-client.ts';
import { AppFrame } from './panels/shell/app-frame.tsx';
import { windowWidth } from './panels/window-width.ts';
import { useAppState } from './state/app-state.ts';
import { startUrlSync } from './state/url.ts';

/** A service that answers at once is not announced by an empty screen first. */
const EMPTY_SCREEN_AFTER_MS = 250;
// Everything waits for the catalogue; the frame that shows it, or why there is none, joins this question.
const catalogue = queryClient.prefetchQuery(catalogueQuery);
// The map is the largest part and always needed: it comes while the panels are drawn, not after them. Where it
// cannot be loaded, the place it is shown in says so.
import('./map/MapCanvas.tsx').catch(() => undefined);

const { setPanel } = useAppState.getState();
startUrlSync();
const width = windowWidth();
setPanel('layerPanelOpen', width !== 'phone');
setPanel('contextPanelOpen', width === 'wide');

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const screen = createRoot(root);
const waited = new Promise((resolve) => setTimeout(resolve, EMPTY_SCREEN_AFTER_MS));
void Promise.race([catalogue, waited]).then(() =>
  screen.render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <AppFrame />
      </QueryClientProvider>
    </StrictMode>,
  ),
);
