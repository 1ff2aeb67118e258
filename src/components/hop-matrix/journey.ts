/** Which packet the matrix shows at a step, and which column is where the packet is. Pure: a step and a comparison in. */
import type { ComparedFrame, Comparison, Journey } from '../../engine/comparison/comparison';
import type { PacketId } from '../../engine/sim/event';
import { packetOf } from '../../engine/sim/event';
import type { Step, Trace } from '../../engine/sim/trace';

/** The packet a step is about; a step about none takes the one before it, or the next one. */
function packetsNear(steps: readonly Step[], index: number): readonly PacketId[] {
  const order = [...steps.slice(0, index + 1).reverse(), ...steps.slice(index + 1)];
  return order.map((step) => packetOf(step.event)).filter((packet) => packet !== null);
}

/** Index of the journey to show, or -1 if nothing crosses a capture point. */
export function journeyAt(comparison: Comparison, trace: Trace, stepIndex: number): number {
  const byPacket = new Map(comparison.journeys.map((journey, i) => [journey.packet, i]));
  for (const packet of packetsNear(trace.steps, stepIndex)) {
    const found = byPacket.get(packet);
    if (found !== undefined) return found;
  }
  return comparison.journeys.length > 0 ? 0 : -1;
}

export const firstStepOf = (journey: Journey): number | null => {
  const steps = journey.cells.flat().flatMap(({ predicted }) => (predicted === null ? [] : [predicted.step]));
  return steps.length === 0 ? null : Math.min(...steps);
};

/**
 * The column to mark: the one where this very step is seen; else one of the step's host, since its table reads decide
 * what is seen there; else the last one that saw the packet.
 */
export function currentColumn(comparison: Comparison, journey: Journey, step: Step | null): number {
  if (step === null || journey.packet === null || packetOf(step.event) !== journey.packet) return -1;
  const seen = journey.cells.flatMap((frames, column) =>
    frames.flatMap(({ predicted }) => (predicted === null ? [] : [{ column, step: predicted.step }])),
  );
  const here = seen.find((sight) => sight.step === step.index);
  if (here !== undefined) return here.column;
  const ofHost = seen.filter(({ column }) => comparison.points[column]?.host === step.event.host);
  const nearest = ofHost.sort((a, b) => Math.abs(a.step - step.index) - Math.abs(b.step - step.index))[0];
  const before = seen.filter((sight) => sight.step <= step.index).sort((a, b) => b.step - a.step)[0];
  return (nearest ?? before)?.column ?? -1;
}

/** The frame a column shows: one that needs looking at before one that agrees. */
export const shownFrame = (frames: readonly ComparedFrame[]): ComparedFrame | null =>
  frames.find((frame) => frame.verdict === 'differs') ?? frames[0] ?? null;
