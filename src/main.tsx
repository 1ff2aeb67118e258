// First: it sets the order of the style layers.
import './components/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './components/App';
import { ErrorBoundary } from './components/ErrorBoundary';
import { boot } from './store/boot';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
await boot();
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
