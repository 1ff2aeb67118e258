/**
 * Whether what a run shows depends on chance in time. Kernel timers of some seconds fire up to a quarter of a second late
 * (kernel/time/timer.c), so where two of them fall that close at one device, either may come first.
 */
import { BROADCAST } from '../addr/mac';
import { framesByDevice, type SeenFrame, type Trace } from '../sim/trace';
import { ARP_OPERATION } from '../wire/arp';

const LATE_US = 300_000; // a little more than the coarsest timer here is late
const ANSWER_US = 2_000; // an answer is there at once

/** True if an ARP probe (a question by unicast, sent by a timer) comes close to anything but its own answer. */
export function dependsOnTiming(trace: Trace): boolean {
  return [...framesByDevice(trace).values()].some((seen) =>
    seen.some(
      (one, at) => isProbe(one) && seen.some((other, i) => i !== at && isClose(one, other) && !isPart(one, other)),
    ),
  );
}

const isProbe = ({ frame: { body, dst } }: SeenFrame): boolean =>
  body.kind === 'arp' && body.arp.operation === ARP_OPERATION.request && dst !== BROADCAST;

const isClose = (a: SeenFrame, b: SeenFrame): boolean => Math.abs(a.atUs - b.atUs) < LATE_US;

/** The probe's own answer. */
const isPart = (probe: SeenFrame, { frame, atUs }: SeenFrame): boolean =>
  frame.body.kind === 'arp' &&
  frame.body.arp.operation === ARP_OPERATION.reply &&
  frame.dst === probe.frame.src &&
  frame.src === probe.frame.dst &&
  atUs - probe.atUs < ANSWER_US;
