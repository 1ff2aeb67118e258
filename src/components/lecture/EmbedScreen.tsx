import { type ReactNode, useEffect } from 'react';
import { fullAddress, leaderIn, obeyParent } from '../../store/embed';
import { useApp } from '../../store/store';
import styles from './Embed.module.css';
import { RunSteps } from './RunSteps';
import { StepScene } from './StepScene';
import { useTexts } from './texts';

/** Inside another page: the step, the way on and back, and a way out to the whole. */
export function EmbedScreen({ matrix }: { readonly matrix: ReactNode }) {
  const { lecture, text } = useTexts();
  const leader = useApp((s) => leaderIn(s.lecture));
  const address = useApp(fullAddress); // follows the steps
  useEffect(() => obeyParent(leader), [leader]);
  return (
    <div className={styles.embed}>
      <main className={styles.main}>
        <h1 className="visually-hidden">{text.app.title}</h1>
        <StepScene matrix={matrix} />
      </main>
      <nav className={styles.foot} aria-label={lecture.stage.controls}>
        <RunSteps />
        <a href={address} target="_blank" rel="noreferrer">
          {lecture.stage.openInFull}
        </a>
      </nav>
    </div>
  );
}
