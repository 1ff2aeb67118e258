import { openLecture, togglePresenting } from '../../store/actions';
import { startQuestions } from '../../store/lecture';
import styles from './LectureList.module.css';
import { useTexts } from './texts';

export function LectureList({ close }: { readonly close: () => void }) {
  const { lecture } = useTexts();
  const entries: readonly (readonly [string, () => void, string?])[] = [
    [lecture.stage.present, togglePresenting, 'P'],
    [lecture.questions.title, () => startQuestions()],
    [lecture.hunt.title, () => openLecture('fault')],
    [lecture.lessons.title, () => openLecture('lesson')],
    [lecture.takeHome.title, () => openLecture('sheet')],
    [lecture.glossaryPage.title, () => openLecture('glossary')],
  ];
  return (
    <ul className={styles.list}>
      {entries.map(([name, open, key]) => (
        <li key={name}>
          <button
            type="button"
            onClick={() => {
              close();
              open();
            }}
          >
            {name} {key !== undefined && <kbd>{key}</kbd>}
          </button>
        </li>
      ))}
    </ul>
  );
}
