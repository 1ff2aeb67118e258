import { stepBack, stepForward } from '../../store/actions';
import { selectStepCount, selectStepIndex } from '../../store/selectors';
import { useApp } from '../../store/store';
import { StepButtons } from './StepButtons';

/** The buttons for the steps of the run itself: not of a lesson, nor from question to question. */
export function RunSteps() {
  const index = useApp(selectStepIndex);
  const count = useApp(selectStepCount);
  return (
    <StepButtons
      back={() => stepBack()}
      forward={() => stepForward()}
      atStart={index === 0}
      atEnd={index >= count - 1}
      position={`${Math.min(index + 1, count)} / ${count}`}
    />
  );
}
