/** A change as one line of text for the address, and back: 'route-missing|node1: ip route del 10.244.2.0/24'. */
import { unreachable } from '../engine/base/result';
import type { Edit } from '../engine/topology/edits';
import type { FaultId } from '../engine/topology/faults';
import { PLACING_MAX } from '../engine/topology/placing';
import { type Change, INITIAL } from './store';

const BETWEEN = '|'; // no configuration command holds one
const ASKS = '?';

export function changeText({ fault, edits, asks }: Change): string {
  const asked = asks === null ? [] : [`${ASKS}${asks.command}`];
  return [fault ?? '', ...edits.map(editText), ...asked].join(BETWEEN);
}

/** Null where it is none, or one of a newer page. What an edit names need not exist: then it changes nothing. */
export function readChangeText(text: string, isFault: (id: string) => id is FaultId): Change | null {
  const [id = '', ...rest] = text.split(BETWEEN);
  if (id !== '' && !isFault(id)) return null;
  const last = rest.at(-1);
  const asked = last?.startsWith(ASKS) ? last.slice(ASKS.length) : null;
  const edits = (asked === null ? rest : rest.slice(0, -1)).map(readEdit);
  if (edits.some((edit) => edit === null) || (edits.length === 0 && asked === null)) return null;
  const before = { command: INITIAL.command, typed: false };
  return {
    fault: id === '' ? null : id,
    edits: edits.filter((edit) => edit !== null),
    isRepair: false,
    asks: asked === null ? null : { command: asked, before },
  };
}

function editText(edit: Edit): string {
  switch (edit.kind) {
    case 'line':
      return edit.line;
    case 'split-lan':
      return `split-lan ${edit.host}`;
    case 'second-link':
      return `second-link ${edit.a} ${edit.b}`;
    case 'source-guard':
      return `source-guard ${edit.on ? 'on' : 'off'} ${edit.segment}`;
    case 'add-pod':
      return `add-pod ${edit.node}`;
    case 'add-node':
      return `add-node ${edit.segment}`;
    case 'plug':
      return edit.segment === null
        ? `unplug ${edit.host} ${edit.dev}`
        : `plug ${edit.host} ${edit.dev} ${edit.segment}`;
    case 'watch':
      return `watch ${edit.from} ${edit.to}`;
    case 'place':
      return `place ${edit.host} ${edit.dx} ${edit.dy}`;
    case 'lay-out':
      return 'lay-out';
    case 'listen': {
      const { listener } = edit;
      const more = listener.protocol === 'tcp' ? listener.replyBytes : listener.echo ? 'echo' : 'silent';
      return `listen ${edit.host} ${listener.protocol} ${listener.port} ${more}`;
    }
    default:
      return unreachable(edit);
  }
}

function readEdit(text: string): Edit | null {
  const [kind, ...words] = text.split(' ');
  const [a = '', b = '', c = '', d = ''] = words;
  switch (kind) {
    case 'split-lan':
      return { kind, host: a };
    case 'second-link':
      return { kind, a, b };
    case 'source-guard':
      return a === 'on' || a === 'off' ? { kind, segment: words.slice(1).join(' '), on: a === 'on' } : null;
    case 'add-pod':
      return { kind, node: a };
    case 'add-node':
      return { kind, segment: words.join(' ') };
    case 'unplug':
      return { kind: 'plug', host: a, dev: b, segment: null };
    case 'plug':
      return { kind, host: a, dev: b, segment: words.slice(2).join(' ') };
    case 'watch':
      return { kind, from: a, to: b };
    case 'place': {
      const [dx, dy] = [Number(b || NaN), Number(c || NaN)];
      return Math.abs(dx) <= PLACING_MAX && Math.abs(dy) <= PLACING_MAX ? { kind, host: a, dx, dy } : null;
    }
    case 'lay-out':
      return { kind };
    case 'listen': {
      const port = /^\d{1,5}$/.test(c) ? Number(c) : 0;
      if (port < 1 || port > 65_535) return null;
      if (b === 'udp') return { kind, host: a, listener: { protocol: b, port, echo: d === 'echo' } };
      if (b !== 'tcp' || !/^\d{1,6}$/.test(d)) return null;
      return { kind, host: a, listener: { protocol: b, port, replyBytes: Number(d) } };
    }
    default:
      return /^[^:]+: ./.test(text) ? { kind: 'line', line: text } : null;
  }
}
