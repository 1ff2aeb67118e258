import { useState } from 'react';
import { takeClusterFiles } from '../../store/dropped-files';
import { giveTexts } from '../../store/own-cluster';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Dialog } from '../shared/Dialog';
import { FileButton } from '../shared/FileButton';
import styles from './Cluster.module.css';
import { ClusterTools } from './ClusterTools';
import { GivenTexts } from './GivenTexts';
import { Importing } from './Importing';
import { Judged } from './Judged';
import { WhatToType } from './WhatToType';

/** Texts in, cluster out: what was pasted, what it was taken for, and scripts that lead back to a real cluster. */
export function ClusterDialog() {
  const { cluster: t } = useApp(selectText);
  const own = useApp((s) => s.own);
  const [text, setText] = useState('');
  const refused = useApp((s) => s.refused);

  return (
    <Dialog name="cluster" title={t.title}>
      <p>{t.what}</p>
      <p className={styles.quiet}>{t.privacy}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void giveTexts([{ name: '', text }]).then((taken) => taken && setText(''));
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
          <FileButton className={styles.choose} onFiles={takeClusterFiles}>
            {t.choose}
          </FileButton>
        </div>
      </form>
      <Importing />
      {refused !== null && (
        <p className={styles.problem} role="alert">
          ✗ {refused.name !== '' && <b>{refused.name}: </b>}
          {t.fileRefused(refused.error)}
        </p>
      )}
      {own === null ? <WhatToType /> : <GivenTexts own={own} />}
      <Judged />
      <ClusterTools />
    </Dialog>
  );
}
