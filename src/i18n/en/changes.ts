/** Breaking and changing the cluster: the menu in the header, how packets are carried, and the bar of changes made. */
import { unreachable } from '../../engine/base/result';
import type { Edit } from '../../engine/topology/edits';

/** An edit as one would type it, or in words where no command of one host does it. */
function edit(what: Edit): { readonly host: string | null; readonly text: string } {
  switch (what.kind) {
    case 'line': {
      const colon = what.line.indexOf(':');
      return { host: what.line.slice(0, colon), text: what.line.slice(colon + 1).trim() };
    }
    case 'split-lan':
      return { host: null, text: `${what.host} moves to a subnet of its own, behind the router` };
    case 'second-link':
      return { host: null, text: `a second cable joins ${what.a} and ${what.b}` };
    case 'source-guard':
      return {
        host: null,
        text: what.on
          ? `the network ${what.segment} lets each port send from its own addresses only`
          : `the network ${what.segment} lets each port send from any address`,
      };
    case 'add-pod':
      return { host: null, text: `a new pod on ${what.node}` };
    case 'add-node':
      return { host: null, text: `a new node on ${what.segment}` };
    case 'plug':
      return {
        host: null,
        text:
          what.segment === null
            ? `the cable of ${what.host} ${what.dev} is pulled out`
            : `the cable of ${what.host} ${what.dev} is plugged into ${what.segment}`,
      };
    case 'place':
      return { host: null, text: `${what.host} moved in the picture` };
    case 'lay-out':
      return { host: null, text: 'picture laid out anew' };
    case 'watch':
      return { host: null, text: `looking from ${what.from} to ${what.to}` };
    case 'listen': {
      const { protocol, port } = what.listener;
      return { host: null, text: `a service listens on ${what.host}, ${protocol.toUpperCase()} port ${port}` };
    }
    default:
      return unreachable(what);
  }
}

export const changes = {
  here: 'Change it here',
  break: 'Break something',
  breakLabel: 'Faults to choose from',
  breakHint: 'One click breaks the cluster; every fault can be undone, and several at once are fine.',
  groups: {
    route: 'Routes',
    link: 'Neighbours and links',
    node: 'Settings of a node',
    firewall: 'Firewall and NAT',
    size: 'Packet size and TTL',
  },
  done: 'already so',
  notHere: 'does not apply here',
  sameNode: 'Both ends of the command are on one node, so nothing between nodes can break it.',
  mode: 'How packets get from node to node',
  modes: {
    'host-gw': 'host-gw',
    vxlan: 'vxlan, for contrast',
    ipip: 'ipip, for contrast',
    'same-node': 'two pods of one node',
  },
  events: 'Control plane',
  eventsLabel: 'What flanneld does',
  bar: 'Changes to the cluster',
  count: (n: number): string => (n === 1 ? '1 change' : `${n} changes`),
  edit,
  asks: (command: string): string => `asks ${command} instead`,
  typed: 'typed',
  takeBack: (what: string): string => `Take back: ${what}`,
  undo: 'Undo',
  redo: 'Redo',
  undoKeys: 'Ctrl + Z',
  redoKeys: 'Ctrl + Shift + Z',
  reset: 'Reset',
  resetLabel: 'Reset the cluster and the command',
};
