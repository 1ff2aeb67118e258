/** What was read or counted at a step, picked by the kind of its event. */
import type { Ipv4 } from '../../engine/addr/ipv4';
import type { Event } from '../../engine/sim/event';
import type { Step, Trace } from '../../engine/sim/trace';
import type { World } from '../../engine/sim/world';
import { FdbTable } from './FdbTable';
import { NeighbourTable } from './NeighbourTable';
import { ForwardingCheck, MtuCheck } from './Numbers';
import { RouteTable } from './RouteTable';
import { RulesTable } from './RulesTable';
import { Terminal } from './Terminal';

interface Props {
  readonly trace: Trace;
  readonly step: Step;
  readonly before: World;
}

export function Evidence({ trace, step, before }: Props) {
  const { event, after } = step;
  const { host } = event;
  switch (event.kind) {
    case 'route-looked-up':
      return (
        <RouteTable world={after} host={host} asked={event.dst} local={event.table === 'local' ? event.route : null} />
      );
    case 'source-checked':
      return <RouteTable world={after} host={host} asked={event.src} local={null} />;
    case 'neighbour-looked-up':
    case 'neighbour-changed':
      return <NeighbourTable world={after} before={before} host={host} read={{ dev: event.dev, ip: event.ip }} />;
    case 'mac-learned':
    case 'bridged':
      return <FdbTable world={after} host={host} bridge={event.bridge} event={event} />;
    case 'hook-passed':
      return <RulesTable hook={event.hook} seen={event.seen} />;
    case 'forwarding-checked':
      return <ForwardingCheck host={host} dev={event.dev} on={event.on} />;
    case 'mtu-checked':
      return <MtuCheck {...event} />;
    case 'command-started':
    case 'printed':
    case 'command-ended':
    case 'configured':
      return <Terminal trace={trace} step={step} />;
    case 'dropped':
      return <DropEvidence world={after} before={before} event={event} />;
    default:
      return null;
  }
}

function DropEvidence({ world, before, event }: { world: World; before: World; event: Event & { kind: 'dropped' } }) {
  const { host, reason } = event;
  const lookup = (asked: Ipv4) => <RouteTable world={world} host={host} asked={asked} local={null} />;
  switch (reason.kind) {
    case 'no-route':
    case 'blackhole-route':
    case 'prohibit-route':
    case 'unreachable-route':
      return lookup(reason.dst);
    case 'source-not-reachable':
      return lookup(reason.src);
    case 'neighbour-failed':
      return (
        <NeighbourTable world={world} before={before} host={host} read={{ dev: reason.dev, ip: reason.nextHop }} />
      );
    case 'forwarding-off':
      return <ForwardingCheck host={host} dev={reason.dev} on={false} />;
    default:
      return null;
  }
}

/** The table an event shows as its evidence, so that it is not offered a second time below. */
export function evidenceOf(event: Event): string | null {
  switch (event.kind) {
    case 'route-looked-up':
    case 'source-checked':
      return 'fib';
    case 'neighbour-looked-up':
    case 'neighbour-changed':
      return 'neighbours';
    case 'mac-learned':
    case 'bridged':
      return `fdb ${event.bridge ?? ''}`;
    default:
      return null;
  }
}
