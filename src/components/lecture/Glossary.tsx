import { useState } from 'react';
import styles from './Glossary.module.css';
import { Stage } from './Stage';
import { useTexts } from './texts';

export function Glossary() {
  const { lecture } = useTexts();
  const [wanted, setWanted] = useState('');
  const { glossary, glossaryPage: t } = lecture;
  const needle = wanted.trim().toLowerCase();
  const found = glossary.filter(({ term, meaning }) => `${term} ${meaning}`.toLowerCase().includes(needle));
  return (
    <Stage title={t.title} hasViews={false} scrolls steps={null}>
      <label className={styles.search}>
        {t.search}
        <input type="search" value={wanted} onChange={(event) => setWanted(event.target.value)} />
      </label>
      <dl className={styles.list}>
        {found.map(({ id, term, meaning }) => (
          <div key={id}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      {found.length === 0 && <p role="status">{t.none}</p>}
    </Stage>
  );
}
