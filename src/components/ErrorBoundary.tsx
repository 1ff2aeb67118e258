import { Component, type ReactNode } from 'react';
import { goToFirst } from '../store/actions';
import { selectText } from '../store/selectors';
import { useApp } from '../store/store';
import styles from './ErrorBoundary.module.css';

interface Props {
  readonly children: ReactNode;
}
interface State {
  readonly error: unknown;
}

/** Our own bugs end here: a sentence and the text that helps to mend it, never a white page. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <Broken error={error} onRestart={() => this.setState({ error: null })} />;
  }
}

function Broken({ error, onRestart }: { readonly error: unknown; readonly onRestart: () => void }) {
  const text = useApp(selectText).help.broken;
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const restart = () => {
    goToFirst();
    onRestart();
  };
  return (
    <main className={styles.broken} role="alert">
      <h1>{text.title}</h1>
      <p>{text.what}</p>
      <textarea readOnly rows={8} value={`${details}\n${location.href}`} aria-label={text.title} />
      <p className={styles.buttons}>
        <button type="button" className="primary" onClick={() => location.reload()}>
          {text.reload}
        </button>
        <button type="button" onClick={restart}>
          {text.restart}
        </button>
        <button type="button" onClick={() => void navigator.clipboard?.writeText(`${details}\n${location.href}`)}>
          {text.copy}
        </button>
      </p>
    </main>
  );
}
