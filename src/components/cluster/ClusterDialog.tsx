import { useState } from 'react';
import { giveTexts } from '../../store/own-cluster';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Dialog } from '../shared/Dialog';
import { FileButton } from '../shared/FileButton';
import styles from './Cluster.module.css';
import { ClusterTools } from './ClusterTools';
import { GivenTexts } from './GivenTexts';
import { Judged } from './Judged';
import { WhatToType } from './WhatToType';

/** Texts in, cluster out: what was pasted, what it was taken for, and scripts that lead back to a real cluster. */
export function ClusterDialog() {
  const { cluster: t } = useApp(selectText);
  const own = useApp((s) => s.own);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const give = async (given: Parameters<typeof giveTexts>[0]) => {
    const made = await giveTexts(given);
    setProblem(made.ok ? null : t.fileRefused(made.error));
    if (made.ok) setText('');
  };

  return (
    <Dialog name="cluster" title={t.title}>
      <p>{t.what}</p>
      <p className={styles.quiet}>{t.privacy}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void give([{ name: '', text }]);
        }}
      >
        <textarea
          className={styles.paste}
          aria-label={t.paste}
          placeholder={t.placeholder}
          value={text}
          rows={8}
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => setText(event.target.value)}
        />
        <div className={styles.row}>
          <button type="submit" className="primary" disabled={text.trim() === ''}>
            {t.read}
          </button>
          <FileButton
            className={styles.choose}
            onFiles={async (files) =>
              give(await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() }))))
            }
          >
            {t.choose}
          </FileButton>
        </div>
      </form>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          ✗ {problem}
        </p>
      )}
      {own === null ? <WhatToType /> : <GivenTexts own={own} />}
      <Judged />
      <ClusterTools />
    </Dialog>
  );
}
