import { openLecture } from '../../store/actions';
import { stopEditing } from '../../store/lessons';
import { useTexts } from './texts';

/** From the making back to the list of lessons; what was made stays in the tab. */
export function CloseMaker() {
  const { lecture } = useTexts();
  return (
    <button
      type="button"
      onClick={() => {
        stopEditing();
        openLecture('lesson');
      }}
    >
      {lecture.lessons.title}
    </button>
  );
}
