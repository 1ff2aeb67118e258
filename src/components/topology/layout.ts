/**
 * Where everything stands, as a pure function of a topology. A packet flows from the pods on top through bridge, route
 * lookup and network card down to the segment; in two columns per node the rightmost node is mirrored. Distances are px
 * at a text size of 13.
 */
import type { Topology } from '../../engine/topology/topology';
import { castOf } from './cast';
import { type Content, type GraphWords, LINE, Writer } from './content';
import { BOX_PAD, type Drawn, draw, toBox, wire } from './drawing';
import {
  type Arrangement,
  type Columns,
  columnsOf,
  GAP,
  heightOf,
  MARGIN,
  NODE_PAD,
  POD_PAD,
  type Rows,
  rowsOf,
  smallHeightOf,
  sumOf,
  widthOf,
} from './measure';
import { type NodePlan, planNode } from './plan';
import { deviceId, hostId, type Rect, type Scene, stackId } from './scene';
import { placeSegments } from './segments';

const TO_SEGMENT = 22; // px between the nodes and the segment
const SCALE_MAX = 1.5;
const SLACK_MAX = { x: 150, y: 22 }; // what one node, one gap can take of the room that is left over
const GAPS = 6; // rows' gaps that share what is left of the height

export interface Room {
  readonly width: number;
  readonly height: number; // Infinity: as high as it needs
}

export interface Layout {
  readonly scene: Scene;
  readonly scale: number;
}

interface Tight extends Layout {
  readonly arrangement: Arrangement;
}

interface Slack {
  readonly x: number; // per node
  readonly y: number; // per gap
}
const NO_SLACK: Slack = { x: 0, y: 0 };

/**
 * The fullest arrangement that keeps its texts at their size in this room, else the one that keeps them largest; what
 * is left of the room goes into the gaps.
 */
export function layout(topology: Topology, words: GraphWords, room: Room): Layout {
  const write = new Writer(topology, words);
  const scaleOf = (scene: Scene) => Math.min(room.width / scene.width, room.height / scene.height, SCALE_MAX);
  const tightIn = (arrangement: Arrangement): Tight => {
    const scene = arrange(topology, write, arrangement, NO_SLACK);
    return { arrangement, scene, scale: scaleOf(scene) };
  };
  let best = tightIn('wide');
  for (const arrangement of ['low', 'narrow'] as const) {
    if (best.scale >= 1) break;
    const other = tightIn(arrangement);
    if (other.scale > best.scale) best = other;
  }
  const { arrangement, scene: tight, scale } = best;
  const nodes = Math.max(1, castOf(topology).nodes.length);
  const slack = {
    x: Math.min(SLACK_MAX.x, (room.width / scale - tight.width) / nodes),
    y: room.height === Infinity ? 4 : Math.min(SLACK_MAX.y, (room.height / scale - tight.height) / GAPS),
  };
  const scene = arrange(topology, write, arrangement, { x: Math.max(0, slack.x), y: Math.max(0, slack.y) });
  return { scene, scale: scaleOf(scene) };
}

function arrange(topology: Topology, write: Writer, arrangement: Arrangement, slack: Slack): Scene {
  const cast = castOf(topology);
  const plans = cast.nodes.map((node) => planNode(topology, write, node, arrangement === 'low'));
  const columns = plans.map((plan) => columnsOf(plan, arrangement, slack.x));
  const rows = rowsOf(plans, columns, arrangement, slack.y);
  const drawn: Drawn = { boxes: [], wires: [], badges: [] };
  let x = MARGIN;
  plans.forEach((plan, i) => {
    const of = columns[i];
    if (of === undefined) return;
    const mirrored = arrangement !== 'narrow' && plans.length > 1 && i === plans.length - 1;
    placeNode(drawn, plan, of, rows, { x, arrangement, mirrored });
    x += of.node + GAP.nodes + slack.x * 0.2;
  });
  const nodesRight = plans.length > 0 ? x - GAP.nodes - slack.x * 0.2 : 360;
  const width = nodesRight + MARGIN;
  const top = plans.length > 0 ? rows.bottom + TO_SEGMENT + slack.y : MARGIN;
  const bottom = placeSegments(drawn, topology, write, {
    segments: cast.segments,
    small: cast.small,
    top,
    width,
    slackY: slack.y,
  });
  return { width, height: bottom + MARGIN, ...drawn };
}

interface NodeSite {
  readonly x: number;
  readonly arrangement: Arrangement;
  readonly mirrored: boolean;
}

function placeNode(drawn: Drawn, plan: NodePlan, of: Columns, rows: Rows, site: NodeSite): void {
  const { arrangement, mirrored } = site;
  const whole = { x: site.x, y: MARGIN, width: of.node, height: rows.bottom - MARGIN };
  const titleLines = rows.title === 1 ? [plan.title.oneLine] : plan.title.twoLines;
  drawn.boxes.push(toBox({ ...plan.title.content, lines: titleLines }, whole, 'start', NODE_PAD));
  const inner = of.node - 2 * NODE_PAD.x;
  const left = site.x + NODE_PAD.x;
  const flip = (rect: Rect): Rect =>
    mirrored ? { ...rect, x: 2 * whole.x + whole.width - rect.x - rect.width } : rect;
  const put = (content: Content, x: number, y: number, width: number, height = heightOf(content)) =>
    draw(drawn, content, flip({ x, y, width, height }));

  // Pods' columns, each with its veth; then the bridge below those that are its ports.
  const podsX = arrangement === 'narrow' ? left + (inner - of.pods) / 2 : left;
  plan.pods.forEach((pod, i) => {
    const x = podsX + i * (of.pod + GAP.pods);
    drawn.boxes.push(
      toBox(pod.title, flip({ x, y: rows.pod, width: of.pod, height: rows.podBottom - rows.pod }), 'start', {
        x: 10,
        top: POD_PAD.top,
      }),
    );
    if (arrangement !== 'low') put(pod.stack, x + POD_PAD.x, rows.podStack, of.pod - 2 * POD_PAD.x, LINE + BOX_PAD.y);
    if (pod.device !== null) put(pod.device, x + POD_PAD.x, rows.podDevice, of.pod - 2 * POD_PAD.x);
    if (pod.veth !== null) put(pod.veth, x, rows.veth, of.pod);
  });
  for (const { dev, content } of plan.bridges) {
    const ports = plan.pods.flatMap((pod, i) => (pod.bridge === dev ? [i] : []));
    const first = ports[0] ?? 0;
    const span = ports.length === 0 ? of.pods : sumOf(Array<number>(ports.length).fill(of.pod), GAP.pods);
    put(content, podsX + first * (of.pod + GAP.pods), rows.bridge, span);
  }

  // Route lookup and network cards.
  const mainX = arrangement === 'narrow' ? left + (inner - of.main) / 2 : left + inner - of.main;
  put(plan.stack, mainX, rows.stack, of.main);
  const nicWidth = (of.main - GAP.nics * (plan.nics.length - 1)) / Math.max(1, plan.nics.length);
  plan.nics.forEach((nic, i) => {
    put(nic, mainX + i * (nicWidth + GAP.nics), rows.nic, nicWidth);
  });

  // docker0 and tunnel ends: where the arrangement leaves room.
  let y = rows.others;
  if (arrangement === 'wide') y = rows.bottom - NODE_PAD.bottom - sumOf(plan.others.map(smallHeightOf), GAP.others);
  for (const other of plan.others) {
    const height = smallHeightOf(other);
    const width = arrangement === 'narrow' ? inner : widthOf(other);
    put(other, arrangement === 'low' ? mainX + of.main - width : left, y, width, height);
    y += height + GAP.others;
  }
  wireNode(drawn, plan);
}

function wireNode(drawn: Drawn, plan: NodePlan): void {
  const node = plan.title.content.host ?? '';
  wire(drawn, 'inner', hostId(node), stackId(node));
  for (const pod of plan.pods) {
    const name = pod.title.host ?? '';
    if (pod.device === null) continue;
    const hasStack = wire(drawn, 'inner', hostId(name), stackId(name));
    if (hasStack) wire(drawn, 'kernel', stackId(name), pod.device.id);
    else wire(drawn, 'inner', hostId(name), pod.device.id);
    if (pod.veth === null) continue;
    wire(drawn, 'veth', pod.device.id, pod.veth.id);
    if (pod.bridge === null) wire(drawn, 'kernel', pod.veth.id, stackId(node));
    else wire(drawn, 'port', pod.veth.id, deviceId(node, pod.bridge));
  }
  for (const { content } of plan.bridges) wire(drawn, 'kernel', content.id, stackId(node));
  for (const nic of plan.nics) wire(drawn, 'kernel', stackId(node), nic.id);
  for (const other of plan.others) if (!other.quiet) wire(drawn, 'kernel', other.id, stackId(node));
}
