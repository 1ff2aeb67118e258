import { useCallback, useMemo, useRef, useState } from 'react';
import { toldHosts } from '../../engine/topology/host-index';
import type { Topology } from '../../engine/topology/topology';
import { changePicture, openDialog } from '../../store/actions';
import { selectPlacings, selectSession, selectStepIndex, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Afterwards } from '../shared/Afterwards';
import { useMedia } from '../shared/useMedia';
import { type Size, useSize } from '../shared/useSize';
import { BoxButtons } from './BoxButtons';
import type { GraphWords } from './content';
import { Details, type Opened } from './Details';
import type { Facts } from './facts';
import { Highlights, StackValues } from './Highlights';
import { HostList } from './HostList';
import { layout } from './layout';
import { momentOf } from './moment';
import { PacketPill } from './PacketPill';
import { Boxes, Labels } from './StaticScene';
import { boxAt, type Scene } from './scene';
import styles from './TopologyGraph.module.css';
import { useMoving } from './useMoving';
import { useZoom } from './useZoom';

/** One column of panels, as in App.module.css: the graph then takes the height it needs. */
const STACKED = '(max-width: 47.99rem), (max-height: 32rem)';
const NODES_IN_SIGHT = 3; // more of them are found in a dialog
const EDGE = 10; // px around the picture; less where there is little room
const LOW = 480;

/** Drawn once its room is known: a picture for another room would be made, laid out and thrown away. */
export function TopologyGraph() {
  const { graph: words } = useApp(selectText);
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  return (
    <section className={styles.graph} aria-label={words.label} ref={frame}>
      {size !== null && <Picture size={size} />}
    </section>
  );
}

function Picture({ size: { width, height } }: { readonly size: Size }) {
  const { graph: words, field, placing } = useApp(selectText);
  const { topology } = useApp(selectSession);
  const nodes = useMemo(() => toldHosts(topology.hosts).filter(({ role }) => role === 'node').length, [topology]);
  const svg = useRef<SVGSVGElement>(null);
  const stacked = useMedia(STACKED);
  const placings = useApp(selectPlacings);
  const edge = stacked || height < LOW ? EDGE / 3 : EDGE;
  const roomWidth = Math.max(200, width - 2 * edge);
  const roomHeight = stacked ? Infinity : Math.max(160, height - 2 * edge - FOOT);
  const { made, room } = useMemo(() => {
    const room = { width: roomWidth, height: roomHeight };
    return { made: layout(topology, words, room), room };
  }, [topology, words, roomWidth, roomHeight]);
  const { shown, scene, mover } = useMoving({ made, topology, placings, room });
  const { scale } = shown;
  const svgHeight = stacked ? scene.height * scale + 2 * EDGE : Math.max(160, height - FOOT);
  const { transform, isFitted, by, fit } = useZoom(svg, { width, height: svgHeight });
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = useCallback(
    (facts: Facts, element: Element) => setOpened({ facts, beside: element.getBoundingClientRect() }),
    [],
  );
  const close = useCallback(() => setOpened(null), []);
  const x = (width - scene.width * scale) / 2;
  const y = (svgHeight - scene.height * scale) / 2;
  return (
    <>
      <svg
        ref={svg}
        className={isFitted ? styles.svg : styles.svgZoomed}
        width={width}
        height={svgHeight}
        aria-label={words.label}
      >
        <g transform={transform}>
          <g transform={`translate(${x} ${y}) scale(${scale})`}>
            <Boxes scene={scene} />
            <StepUnderLabels scene={scene} topology={topology} words={words} />
            <Labels scene={scene} />
            <Afterwards>
              <BoxButtons scene={scene} topology={topology} words={words} mover={mover} onOpen={open} />
            </Afterwards>
            <StepOverLabels scene={scene} topology={topology} words={words} />
          </g>
        </g>
      </svg>
      <div className={styles.foot}>
        {topology.assumed.length > 0 && <p className={styles.legend}>{words.assumed}</p>}
        {nodes > NODES_IN_SIGHT && (
          <button type="button" className={styles.allNodes} onClick={() => openDialog('nodes')}>
            {field.open(nodes)}
          </button>
        )}
        {placings.length > 0 && (
          <button type="button" className={styles.allNodes} onClick={() => changePicture({ kind: 'lay-out' })}>
            {placing.layOut}
          </button>
        )}
        <fieldset className={styles.zoom} aria-label={words.zoom.label}>
          <button type="button" aria-label={words.zoom.out} title={words.zoom.out} onClick={() => by('out')}>
            −
          </button>
          <button type="button" aria-label={words.zoom.in} title={words.zoom.in} onClick={() => by('in')}>
            +
          </button>
          <button type="button" aria-label={words.zoom.fit} title={words.zoom.fit} onClick={fit} disabled={isFitted}>
            ⤢
          </button>
        </fieldset>
      </div>
      <Afterwards>
        <CurrentList scene={scene} topology={topology} words={words} />
        <Details opened={opened} words={words} onClose={close} />
      </Afterwards>
    </>
  );
}

const FOOT = 30; // px, the line with legend and zoom buttons

interface SceneProps {
  readonly scene: Scene;
  readonly topology: Topology;
  readonly words: GraphWords;
}

/** The moment of the shown step; the same object until the step or the run changes. */
function useMoment(topology: Topology) {
  const { trace } = useApp(selectSession);
  const index = useApp(selectStepIndex);
  return useMemo(
    () => ({ moment: momentOf(trace, index, topology), world: trace.steps[index]?.after ?? trace.initial }),
    [trace, index, topology],
  );
}

function StepUnderLabels({ scene, topology, words }: SceneProps) {
  const { moment, world } = useMoment(topology);
  return (
    <>
      {moment !== null && <Highlights scene={scene} topology={topology} moment={moment} />}
      <StackValues scene={scene} world={world} lookup={moment?.lookup ?? null} words={words} />
    </>
  );
}

function StepOverLabels({ scene, topology, words }: SceneProps) {
  const { moment } = useMoment(topology);
  return moment === null ? null : <PacketPill scene={scene} topology={topology} moment={moment} words={words} />;
}

function CurrentList({ scene, topology, words }: SceneProps) {
  const { moment } = useMoment(topology);
  const current = moment === null ? null : boxAt(scene, topology, moment.place);
  return <HostList scene={scene} topology={topology} words={words} current={current?.id ?? null} />;
}
