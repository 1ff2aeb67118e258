/** Contents become boxes with placed texts, and boxes that belong together get a wire. */
import { shortened } from '../shared/text-width';
import { type Content, LEAD, LINE, type Line, lineWidth } from './content';
import { type Badge, type Box, centreOf, type Label, type Point, type Rect, type Wire } from './scene';

export const BOX_PAD = { x: 5, y: 7 };

/** A scene in the making. */
export interface Drawn {
  readonly boxes: Box[];
  readonly wires: Wire[];
  readonly badges: Badge[];
}

export const boxOf = (drawn: Drawn, id: string): Box | null => drawn.boxes.find((box) => box.id === id) ?? null;

export function draw(drawn: Drawn, content: Content, rect: Rect): void {
  const box = toBox(content, rect, 'middle');
  drawn.boxes.push(box);
  const [first] = box.labels;
  if (content.capturePoint === null || first === undefined || content.host === null) return;
  drawn.badges.push({
    point: content.id,
    number: content.capturePoint,
    host: content.host,
    dev: content.dev ?? '',
    x: first.x - first.width / 2 - LEAD + 10,
    y: first.y - 4.5,
  });
}

export function toBox(
  content: Content,
  rect: Rect,
  anchor: 'start' | 'middle',
  pad?: { readonly x: number; readonly top: number },
): Box {
  const { id, kind, host, dev, quiet, down, lines, spareLines } = content;
  const sidePad = pad?.x ?? BOX_PAD.x;
  const textHeight = (lines.length + spareLines) * LINE;
  const top = pad === undefined ? rect.y + (rect.height - textHeight) / 2 : rect.y + pad.top;
  const labels = lines.map((line, i): Label => {
    const lead = i === 0 && content.capturePoint !== null ? LEAD : 0;
    const fitted = shrunk(line, rect.width - 2 * sidePad - lead);
    const x = anchor === 'start' ? rect.x + sidePad : rect.x + (rect.width + lead) / 2;
    return { ...fitted, x, y: top + i * (pad === undefined ? LINE : LINE + 3) + 13, anchor };
  });
  return { ...rect, id, kind, host, dev, quiet, down, labels };
}

/** The line, its last part shortened if it is too long. */
function shrunk(line: Line, widthMax: number): Pick<Label, 'spans' | 'full' | 'width'> {
  const width = lineWidth(line);
  if (width <= widthMax + 0.5) return { spans: line, full: null, width };
  const full = line.map((part) => part.text).join('');
  const spans = [...line];
  while (spans.length > 1 && lineWidth(spans.slice(0, -1)) > widthMax - 20) spans.pop();
  const last = spans.pop();
  if (last !== undefined) spans.push({ ...last, text: shortened(last.text, widthMax - lineWidth(spans), last) });
  return { spans, full, width: Math.min(widthMax, lineWidth(spans)) };
}

/** Draws a wire between two boxes; false if one of them is not there. */
export function wire(drawn: Drawn, kind: Wire['kind'], a: string, b: string): boolean {
  const [from, to] = [boxOf(drawn, a), boxOf(drawn, b)];
  if (from === null || to === null) return false;
  drawn.wires.push({ id: `${a} — ${b}`, a, b, kind, points: pointsBetween(kind, from, to) });
  return true;
}

/** A straight wire where the two boxes face each other, else one with two bends in the gap between them. */
export function pointsBetween(kind: Wire['kind'], a: Box, b: Box): readonly Point[] {
  if (kind === 'inner')
    return [
      { x: centreOf(b).x, y: a.y },
      { x: centreOf(b).x, y: b.y },
    ];
  const upper = a.y + a.height <= b.y ? a : b.y + b.height <= a.y ? b : null;
  const beside = a.x + a.width <= b.x || b.x + b.width <= a.x;
  if (upper === null || (beside && kind !== 'cable')) return across(a, b);
  const points = down(upper, upper === a ? b : a);
  return upper === b ? [...points].reverse() : points;
}

/** From the narrower box straight to the other; where that one ends too soon, a bend just below the upper one. */
function down(upper: Box, lower: Box): readonly Point[] {
  const [top, bottom] = [upper.y + upper.height, lower.y];
  const narrow = upper.width <= lower.width ? upper : lower;
  const other = narrow === upper ? lower : upper;
  const { x } = centreOf(narrow);
  const nearest = Math.min(Math.max(x, other.x + CORNER), other.x + other.width - CORNER);
  if (x === nearest)
    return [
      { x, y: top },
      { x, y: bottom },
    ];
  const [xTop, xBottom] = narrow === upper ? [x, nearest] : [nearest, x];
  const y = top + Math.min(9, (bottom - top) / 2);
  return [
    { x: xTop, y: top },
    { x: xTop, y },
    { x: xBottom, y },
    { x: xBottom, y: bottom },
  ];
}

/** The same sideways: at the height of the lower box, with a bend halfway if the other does not reach that far. */
function across(a: Box, b: Box): readonly Point[] {
  const [left, right] = a.x < b.x ? [a, b] : [b, a];
  const low = a.height <= b.height ? a : b;
  const other = low === a ? b : a;
  const { y } = centreOf(low);
  const nearest = Math.min(Math.max(y, other.y + CORNER), other.y + other.height - CORNER);
  const [yLeft, yRight] = low === left ? [y, nearest] : [nearest, y];
  const [xLeft, xRight] = [left.x + left.width, right.x];
  const middle = (xLeft + xRight) / 2;
  const bends =
    y === nearest
      ? []
      : [
          { x: middle, y: yLeft },
          { x: middle, y: yRight },
        ];
  const points = [{ x: xLeft, y: yLeft }, ...bends, { x: xRight, y: yRight }];
  return left === a ? points : points.reverse();
}

const CORNER = 14; // px a wire keeps from a box's corner
