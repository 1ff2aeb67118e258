/** How wide the columns and how high the rows of the nodes must be. */
import { type Content, LINE, lineWidth } from './content';
import { BOX_PAD } from './drawing';
import type { NodePlan } from './plan';

export const MARGIN = 2;
export const POD_PAD = { x: 4, top: 9, bottom: 8, titleGap: 5 };
export const NODE_PAD = { x: 7, top: 8, bottom: 9 };
export const GAP = { x: 13, y: 18, pods: 12, nodes: 8, nics: 8, others: 4 };
export const COLUMN_MAX = 230; // longer texts are shortened

/**
 * `wide`: the route lookup beside the bridge, the network card below it. `low`: the same two columns, the card beside
 * the bridge, and no box for a pod's own route lookup. `narrow`: one column.
 */
export type Arrangement = 'wide' | 'low' | 'narrow';

export const heightOf = ({ lines, spareLines }: Content): number => (lines.length + spareLines) * LINE + 2 * BOX_PAD.y;
export const smallHeightOf = ({ lines }: Content): number => lines.length * LINE + BOX_PAD.y;
export const widthOf = (content: Content): number => Math.min(COLUMN_MAX, content.wants + 2 * BOX_PAD.x);
export const most = (numbers: readonly number[]): number => Math.max(0, ...numbers);
export const sumOf = (numbers: readonly number[], gap: number): number =>
  numbers.reduce((sum, one) => sum + one, 0) + gap * Math.max(0, numbers.length - 1);

export interface Columns {
  readonly pod: number; // width of one pod's column
  readonly pods: number; // of all of them
  readonly main: number; // of route lookup and network cards
  readonly gap: number;
  readonly node: number;
}

export function columnsOf(plan: NodePlan, arrangement: Arrangement, slackX: number): Columns {
  const count = plan.pods.length;
  const ofPods = plan.pods.flatMap(({ title, stack, device, veth }) => [
    widthOf(title) + 2 * POD_PAD.x,
    widthOf(stack) + 2 * POD_PAD.x,
    device === null ? 0 : widthOf(device) + 2 * POD_PAD.x,
    veth === null ? 0 : widthOf(veth),
  ]);
  const others = plan.others.map(widthOf);
  const below = [...plan.bridges.map(({ content }) => widthOf(content)), ...(arrangement === 'wide' ? others : [])];
  const share = count === 0 ? 0 : (most(below) - GAP.pods * (count - 1)) / count;
  const grow = arrangement === 'narrow' ? slackX : slackX * 0.22;
  const pod = most([...ofPods, share]) + (count === 0 ? 0 : grow / count);
  const pods = count === 0 ? most(below) : sumOf(Array<number>(count).fill(pod), GAP.pods);
  const ofMain = [
    widthOf(plan.stack),
    sumOf(plan.nics.map(widthOf), GAP.nics),
    ...(arrangement === 'low' ? others : []),
  ];
  const main = most(ofMain) + (arrangement === 'narrow' ? 0 : grow);
  if (arrangement === 'narrow') {
    const inner = most([pods, main, ...others, ...plan.title.twoLines.map(lineWidth)]);
    return { pod, pods, main, gap: 0, node: inner + 2 * NODE_PAD.x };
  }
  const gap = pods === 0 ? 0 : GAP.x + slackX * 0.36;
  return {
    pod,
    pods,
    main,
    gap,
    node: most([pods + gap + main, ...plan.title.twoLines.map(lineWidth)]) + 2 * NODE_PAD.x,
  };
}

export interface Rows {
  readonly title: number; // number of lines
  readonly others: number; // top; unless wide, where they stand at the bottom
  readonly pod: number; // top
  readonly podStack: number;
  readonly podDevice: number;
  readonly podBottom: number;
  readonly veth: number;
  readonly bridge: number;
  readonly stack: number;
  readonly nic: number;
  readonly bottom: number; // of the node
}

/** The same rows for all nodes, so that what does the same stands at the same height. */
export function rowsOf(
  plans: readonly NodePlan[],
  columns: readonly Columns[],
  arrangement: Arrangement,
  slackY: number,
): Rows {
  const high = (contents: readonly (Content | null)[]) =>
    most(contents.map((one) => (one === null ? 0 : heightOf(one))));
  const pods = plans.flatMap((plan) => plan.pods);
  const gap = GAP.y + slackY;
  const fits = plans.every((plan, i) => lineWidth(plan.title.oneLine) + 2 * NODE_PAD.x <= (columns[i]?.node ?? 0));
  const title = fits ? 1 : most(plans.map((plan) => plan.title.twoLines.length));
  const pad = NODE_PAD.bottom;
  const titleBottom = MARGIN + NODE_PAD.top + title * (LINE + 3) + 3;
  const othersHeight = most(plans.map((plan) => sumOf(plan.others.map(smallHeightOf), GAP.others)));
  const pod = titleBottom + (arrangement === 'narrow' ? othersHeight : 0) + (pods.length > 0 ? GAP.y + slackY / 2 : 6);
  const podStack = pod + POD_PAD.top + LINE + POD_PAD.titleGap;
  const podDevice = podStack + (arrangement === 'low' ? 0 : LINE + BOX_PAD.y + GAP.y + slackY / 2);
  const podBottom = pods.length > 0 ? podDevice + high(pods.map((one) => one.device)) + POD_PAD.bottom : pod;
  const veth = pods.length > 0 ? podBottom + gap : pod;
  const vethHeight = high(pods.map((one) => one.veth));
  const bridge = vethHeight > 0 ? veth + vethHeight + gap : veth;
  const bridgeHeight = high(plans.flatMap((plan) => plan.bridges.map((one) => one.content)));
  const stackHeight = high(plans.map((plan) => plan.stack));
  const nicHeight = high(plans.flatMap((plan) => plan.nics));
  const bridgeBottom = bridge + bridgeHeight;
  const of = { title, pod, podStack, podDevice, podBottom, veth, bridge };
  if (arrangement === 'low') {
    const bottom = Math.max(bridgeBottom, pod + othersHeight + stackHeight + nicHeight + 2 * gap) + pad;
    const nic = bottom - pad - nicHeight;
    return { ...of, others: pod, stack: nic - gap - stackHeight, nic, bottom };
  }
  const beside = Math.max(pod, bridgeBottom - stackHeight);
  const stack = arrangement === 'wide' ? beside : bridgeBottom + (bridgeHeight > 0 ? gap : 0);
  const nic = Math.max(stack + stackHeight, bridgeBottom) + gap;
  return { ...of, others: titleBottom, stack, nic, bottom: nic + nicHeight + pad };
}
