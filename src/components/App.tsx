import { useEffect, useRef } from 'react';
import { markStarted } from '../store/environment';
import { selectShowsSample, selectText } from '../store/selectors';
import { useApp } from '../store/store';
import styles from './App.module.css';
import { CaptureStatus } from './captures/CaptureStatus';
import { DropTarget } from './captures/DropTarget';
import { BreakMenu } from './changes/BreakMenu';
import { ChangesBar } from './changes/ChangesBar';
import { ModeChoice } from './changes/ModeChoice';
import { CommandBox } from './command/CommandBox';
import { Header } from './header/Header';
import { HopMatrix } from './hop-matrix/HopMatrix';
import { LectureMenu } from './lecture/LectureMenu';
import { Afterwards } from './shared/Afterwards';
import { later } from './shared/later';
import { beginTurns } from './shared/turns';
import { StepPanel } from './step/StepPanel';
import { PanelChoice } from './stepper/PanelChoice';
import { Stepper } from './stepper/Stepper';
import { EventsMenu } from './timeline/EventsMenu';
import { TopologyGraph } from './topology/TopologyGraph';

// Not needed for the first screen, so each comes when it is asked for.
const CapturesDialog = later(async () => (await import('./captures/CapturesDialog')).CapturesDialog);
const ClusterDialog = later(async () => (await import('./cluster/ClusterDialog')).ClusterDialog);
const DiagnosisPanel = later(async () => (await import('./diagnosis/DiagnosisPanel')).DiagnosisPanel);
const HelpDialog = later(async () => (await import('./help/HelpDialog')).HelpDialog);
const Ladder = later(async () => (await import('./ladder/Ladder')).Ladder);
const LectureScreen = later(async () => (await import('./LectureScreen')).LectureScreen);
const LinkNotice = later(async () => (await import('./LinkNotice')).LinkNotice);
const NodesDialog = later(async () => (await import('./field/NodesDialog')).NodesDialog);
const PacketsPanel = later(async () => (await import('./packets/PacketsPanel')).PacketsPanel);
const TimelineStrip = later(async () => (await import('./timeline/TimelineStrip')).TimelineStrip);
const VerdictPanel = later(async () => (await import('./verdict/VerdictPanel')).VerdictPanel);
const WireDialog = later(async () => (await import('./wire/WireDialog')).WireDialog);

/** The page; a lecture's screen takes the place of all of it, but for what can be opened over it. */
export function App() {
  useEffect(() => {
    markStarted();
    beginTurns();
  }, []);
  const isLecture = useApp((s) => s.presenting || s.lecture !== null);
  const hasNotice = useApp((s) => s.linkNotice !== null);
  return (
    <>
      {isLecture ? <LectureScreen /> : <Page />}
      {hasNotice && <LinkNotice />}
      <Dialogs />
      <DropTarget />
    </>
  );
}

function Dialogs() {
  const dialog = useApp((s) => s.dialog);
  return (
    <>
      {dialog === 'captures' && <CapturesDialog />}
      {dialog === 'cluster' && <ClusterDialog />}
      {dialog === 'help' && <HelpDialog />}
      {dialog === 'nodes' && <NodesDialog />}
      {dialog === 'wire' && <WireDialog />}
    </>
  );
}

/** Of the model alone, or with captures open of them first. */
function Verdicts() {
  const showsSample = useApp(selectShowsSample);
  return showsSample ? (
    <VerdictPanel />
  ) : (
    <DiagnosisPanel>
      <VerdictPanel />
    </DiagnosisPanel>
  );
}

/** Header, what is asked of the cluster, graph and step side by side, a panel below, stepper at the bottom. */
function Page() {
  const panel = useApp((s) => s.panel);
  const isPlayed = useApp((s) => s.timeline !== null);
  const text = useApp(selectText);
  const usual = { matrix: styles.fields, ladder: '', verdict: styles.tall, packets: styles.list }[panel];
  const height = isPlayed && panel !== 'packets' ? styles.low : usual;
  const stepper = useRef<HTMLDivElement>(null);
  return (
    <div className={styles.app}>
      <button type="button" className={styles.skip} onClick={() => stepper.current?.focus()}>
        {text.app.skipToSteps}
      </button>
      <Header>
        <BreakMenu />
        <LectureMenu />
      </Header>
      <main className={styles.main}>
        <div className={styles.bench}>
          <CommandBox />
          <ModeChoice />
          <EventsMenu />
          <ChangesBar />
          {isPlayed && <TimelineStrip />}
        </div>
        <div className={styles.graph}>
          <TopologyGraph />
        </div>
        <div className={styles.step}>
          <StepPanel />
        </div>
        <div className={`${styles.panel} ${height}`}>
          <div className={styles.panelChoice}>
            <PanelChoice />
          </div>
          <Afterwards>
            <CaptureStatus />
            {panel === 'matrix' && <HopMatrix />}
            {panel === 'ladder' && <Ladder />}
            {panel === 'verdict' && <Verdicts />}
            {panel === 'packets' && <PacketsPanel />}
          </Afterwards>
        </div>
      </main>
      <div className={styles.stepper} ref={stepper} tabIndex={-1}>
        <Stepper />
      </div>
    </div>
  );
}
