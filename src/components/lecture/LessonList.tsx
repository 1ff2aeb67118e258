import { inLang } from '../../lessons/lesson';
import { SHIPPED } from '../../lessons/shipped';
import { editLesson, newLesson, OWN, openLesson, openLessonFile, useLessons } from '../../store/lessons';
import { useApp } from '../../store/store';
import styles from './Lesson.module.css';
import { Stage } from './Stage';
import { useTexts } from './texts';

export function LessonList({ isGone }: { readonly isGone: boolean }) {
  const { lecture } = useTexts();
  const lang = useApp((s) => s.lang);
  const { own, problem } = useLessons();
  const t = lecture.lessons;
  return (
    <Stage title={t.title} hasViews={false} scrolls steps={null}>
      {isGone && <p className={styles.problem}>{t.gone}</p>}
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {t.cannotOpen(problem.name, problem.error)}
        </p>
      )}
      <p>{t.intro}</p>
      <ul className={styles.lessons}>
        {SHIPPED.map(({ id, lesson }) => (
          <li key={id} className={styles.card}>
            <h2>{inLang(lesson.title, lang)}</h2>
            <p>{inLang(lesson.about, lang)}</p>
            <p className={styles.row}>
              <button
                type="button"
                className="primary"
                onClick={() => openLesson(id)}
                aria-label={`${t.start}: ${inLang(lesson.title, lang)}`}
              >
                {t.start}
              </button>
              <span className={styles.quiet}>{t.steps(lesson.steps.length)}</span>
            </p>
          </li>
        ))}
        {own !== null && (
          <li className={styles.card}>
            <h2>{inLang(own.title, lang) ?? t.own}</h2>
            <p className={styles.row}>
              <button type="button" className="primary" onClick={() => openLesson(OWN)}>
                {t.show}
              </button>
              <button type="button" onClick={editLesson}>
                {t.goOn}
              </button>
              <span className={styles.quiet}>{t.steps(own.steps.length)}</span>
            </p>
          </li>
        )}
      </ul>
      <p className={styles.row}>
        <label className={styles.file}>
          {t.open}
          <input
            type="file"
            accept=".json,application/json"
            className="visually-hidden"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = '';
              if (file !== undefined) void openLessonFile(file);
            }}
          />
        </label>
        <button type="button" onClick={newLesson}>
          {t.make}
        </button>
      </p>
    </Stage>
  );
}
