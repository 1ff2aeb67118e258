/** The screens of a lecture, which take the place of the page. Here since the hop matrix and they know nothing of each other. */
import { useEffect, useMemo } from 'react';
import { readTool } from '../store/lecture';
import { selectSession, selectStep, selectStepIndex, selectText } from '../store/selectors';
import { followOther, isSpeaker } from '../store/speaker';
import { useApp } from '../store/store';
import { currentColumn, journeyAt, shownFrame } from './hop-matrix/journey';
import { rowsOf } from './hop-matrix/rows';
import { BigMatrix, type MatrixFacts } from './lecture/BigMatrix';
import { EmbedScreen } from './lecture/EmbedScreen';
import { Glossary } from './lecture/Glossary';
import { HuntScene } from './lecture/HuntScene';
import { LessonScene } from './lecture/LessonScene';
import { QuestionScene } from './lecture/QuestionScene';
import { RunSteps } from './lecture/RunSteps';
import { SpeakerScreen } from './lecture/SpeakerScreen';
import { Stage } from './lecture/Stage';
import { StepScene } from './lecture/StepScene';
import { TakeHome } from './lecture/TakeHome';
import { useTexts } from './lecture/texts';
import { useLectureKeys } from './lecture/useLectureKeys';
import { pointName } from './shared/points';
import { TopologyGraph } from './topology/TopologyGraph';

export function LectureScreen() {
  useLectureKeys();
  useEffect(followOther, []);
  const tool = readTool(useApp((s) => s.lecture));
  if (isSpeaker()) return <SpeakerScreen />;
  switch (tool?.kind) {
    case 'questions':
      return <QuestionScene />;
    case 'sheet':
      return <Sheet />;
    case 'embed':
      return <EmbedScreen matrix={<Matrix />} />;
    case 'glossary':
      return <Glossary />;
    case 'lesson':
      return <LessonScene id={tool.id} from={tool.at} matrix={<Matrix />} />;
    case 'fault':
      return <HuntScene code={tool.code} />;
    default:
      return <Presentation />;
  }
}

function Presentation() {
  const { lecture } = useTexts();
  return (
    <Stage title={lecture.stage.title} hasViews steps={<RunSteps />}>
      <StepScene matrix={<Matrix />} />
    </Stage>
  );
}

function Sheet() {
  return <TakeHome graph={<TopologyGraph />} matrix={useMatrixFacts()} />;
}

function Matrix() {
  const { text } = useTexts();
  const facts = useMatrixFacts();
  return facts === null ? <p>{text.matrix.empty}</p> : <BigMatrix {...facts} />;
}

function useMatrixFacts(): MatrixFacts | null {
  const { comparison, trace } = useApp(selectSession);
  const step = useApp(selectStep);
  const index = useApp(selectStepIndex);
  const text = useApp(selectText);
  return useMemo(() => {
    const journey = comparison.journeys[journeyAt(comparison, trace, index)];
    if (journey === undefined) return null;
    // One field a row: two addresses side by side are too wide for large type.
    const names = rowsOf(journey).main.flatMap(({ fields }) => fields);
    const frames = journey.cells.map(shownFrame);
    return {
      points: comparison.points.map(pointName),
      rows: names.map((name) => ({
        field: name,
        cells: frames.map((frame) => frame?.fields.find((field) => field.name === name) ?? null),
      })),
      passes: journey.cells.map((frames) => frames.length > 0),
      current: currentColumn(comparison, journey, step),
      name: journey.what === null ? journey.title : text.ladder.packet(journey.what),
    };
  }, [comparison, trace, step, index, text]);
}
