/** The segments below the nodes, and who is small on them. */
import type { Host, Segment, Topology } from '../../engine/topology/topology';
import { type Content, LINE, type Writer } from './content';
import { BOX_PAD, boxOf, type Drawn, draw, wire } from './drawing';
import { COLUMN_MAX, MARGIN, most, smallHeightOf } from './measure';
import { centreOf, deviceId, hostId, MORE_ID, segmentId } from './scene';

export interface SegmentSite {
  readonly segments: readonly Segment[];
  readonly small: readonly Host[];
  readonly top: number;
  readonly width: number;
  readonly slackY: number;
}

const CHIP_GAP = 16;
const BAR_HEIGHT = 30;
const BAR_REACH = 60; // how far a bar goes beyond its outermost wire
const BAR_MIN = 200;

export function placeSegments(drawn: Drawn, topology: Topology, write: Writer, site: SegmentSite): number {
  if (site.segments.length === 0 && site.small.length === 0) return site.top;
  const beside = besideBar(drawn, write, site);
  const bars = beside === null ? barsOf(drawn, site) : [beside.bar];
  const rowsUsed = Math.max(1, ...bars.map((bar) => bar.row + 1));
  bars.forEach((bar, i) => {
    const segment = site.segments[i];
    if (segment === undefined) return;
    const y = site.top + bar.row * (BAR_HEIGHT + 12);
    draw(drawn, write.segment(segment, bar.to - bar.from - 24), {
      x: bar.from,
      y,
      width: bar.to - bar.from,
      height: BAR_HEIGHT,
    });
  });
  const barsBottom = site.top + rowsUsed * BAR_HEIGHT + (rowsUsed - 1) * 12;
  if (beside !== null) for (const { content, rect } of beside.chips) draw(drawn, content, rect);
  const bottom = beside === null ? placeSmall(drawn, topology, write, site, barsBottom) : barsBottom;
  for (const segment of site.segments) {
    for (const port of drawnPorts(drawn, segment)) {
      const end = boxOf(drawn, deviceId(port.host, port.dev)) ?? boxOf(drawn, hostId(port.host));
      if (end !== null && end.kind !== 'node') wire(drawn, 'cable', end.id, segmentId(segment.name));
    }
  }
  const [first] = site.segments;
  if (first !== undefined) wire(drawn, 'cable', MORE_ID, segmentId(first.name));
  return bottom;
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly row: number;
}

/** Of thousands of ports few are drawn. */
function drawnPorts({ boxes }: Drawn, { ports }: Segment): Segment['ports'] {
  const hosts = new Set(boxes.map(({ host }) => host));
  return ports.filter(({ host }) => hosts.has(host));
}

const portsOf = (drawn: Drawn, segment: Segment): readonly number[] =>
  drawnPorts(drawn, segment)
    .map((port) => boxOf(drawn, deviceId(port.host, port.dev)))
    .filter((box) => box !== null)
    .map((box) => centreOf(box).x);

/** One segment and at most two small hosts: they fit left and right of its bar, and no row is spent on them. */
function besideBar(drawn: Drawn, write: Writer, { segments, small, top, width }: SegmentSite) {
  const [segment] = segments;
  if (segment === undefined || segments.length > 1 || small.length === 0 || small.length > 2) return null;
  const xs = portsOf(drawn, segment);
  const onLeft = small.length === 2 ? (small.find((host) => host.role !== 'router') ?? small[0]) : undefined;
  const chips = small.map((host) => {
    const content = write.small(host);
    const [chipWidth, height] = [content.wants + 2 * BOX_PAD.x + 4, smallHeightOf(content)];
    const x = host === onLeft ? MARGIN : width - MARGIN - chipWidth;
    return {
      content,
      isLeft: host === onLeft,
      rect: { x, y: top + (BAR_HEIGHT - height) / 2, width: chipWidth, height },
    };
  });
  const left = chips.find((chip) => chip.isLeft);
  const right = chips.find((chip) => !chip.isLeft);
  const from = left === undefined ? MARGIN : left.rect.x + left.rect.width + CHIP_GAP;
  const to = right === undefined ? width - MARGIN : right.rect.x - CHIP_GAP;
  const fits = xs.every((x) => x >= from + 12 && x <= to - 12) && to - from >= BAR_MIN;
  return fits ? { chips, bar: { from, to, row: 0 } } : null;
}

/** Each bar spans its wires; bars that would overlap go to rows of their own. */
function barsOf(drawn: Drawn, { segments, width }: SegmentSite): readonly Bar[] {
  const bars: Bar[] = [];
  for (const segment of segments) {
    const xs = portsOf(drawn, segment);
    const middle = xs.length === 0 ? width / 2 : (Math.min(...xs) + Math.max(...xs)) / 2;
    const half = Math.max(BAR_MIN / 2, xs.length === 0 ? 0 : (Math.max(...xs) - Math.min(...xs)) / 2 + BAR_REACH);
    const whole = segments.length === 1;
    const from = whole ? MARGIN : Math.max(MARGIN, Math.min(middle - half, width - MARGIN - BAR_MIN));
    const to = whole ? width - MARGIN : Math.min(width - MARGIN, Math.max(middle + half, MARGIN + BAR_MIN));
    let row = 0;
    while (bars.some((bar) => bar.row === row && bar.from < to + 8 && from < bar.to + 8)) row += 1;
    bars.push({ from, to, row });
  }
  return bars;
}

/**
 * One row of chips below the bars, and a second one set between them, so that every wire reaches a bar without passing
 * another chip. Who finds no room is counted in a last chip.
 */
function placeSmall(drawn: Drawn, topology: Topology, write: Writer, site: SegmentSite, barsBottom: number): number {
  if (site.small.length === 0) return barsBottom;
  const measured = site.small.slice(0, 40).map((host) => write.small(host).wants);
  const widest = Math.min(COLUMN_MAX, most(measured) + 2 * BOX_PAD.x + 4);
  const inRow = Math.max(1, Math.floor((site.width - 2 * MARGIN + CHIP_GAP) / (widest + CHIP_GAP)));
  const places = inRow + Math.max(0, inRow - 1);
  const { length } = site.small;
  const shown = site.small.slice(0, length > places ? places - 1 : length).map((host) => write.small(host));
  const left = site.small.slice(shown.length);
  const chips = [...bySegment(topology, drawn, shown), ...(left.length > 0 ? [write.more(left)] : [])];
  const height = LINE + BOX_PAD.y;
  const firstRow = Math.min(inRow, chips.length);
  const slot = (site.width - 2 * MARGIN) / (chips.length > inRow ? inRow : firstRow);
  chips.forEach((content, i) => {
    const second = i >= inRow;
    const centre = MARGIN + slot * (second ? i - inRow + 1 : i + 0.5);
    const y = barsBottom + CHIP_GAP + site.slackY / 2 + (second ? height + 10 : 0);
    draw(drawn, content, { x: centre - widest / 2, y, width: widest, height });
  });
  return barsBottom + CHIP_GAP + site.slackY / 2 + height + (chips.length > inRow ? height + 10 : 0);
}

/** From left to right as their segments lie. */
function bySegment(topology: Topology, drawn: Drawn, contents: readonly Content[]): readonly Content[] {
  const middleOf = (content: Content) => {
    const own = topology.segments.filter((segment) => segment.ports.some((port) => port.host === content.host));
    const bars = own.map((segment) => boxOf(drawn, segmentId(segment.name))).filter((bar) => bar !== null);
    return bars.length === 0 ? 0 : bars.reduce((sum, bar) => sum + centreOf(bar).x, 0) / bars.length;
  };
  return [...contents].sort((a, b) => middleOf(a) - middleOf(b));
}
