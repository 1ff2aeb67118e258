/** What is other in a host's tables after a step of the time line: a sign, the host, and the row or device as tools name it. */
import { unreachable } from '../engine/base/result';
import type { TableChange } from '../engine/control-plane/changes';
import { formatRoute } from '../engine/net/route-text';
import type { timelineTexts } from './timeline';

export type Sign = '+' | '−' | '±';

export interface SaidChange {
  readonly sign: Sign;
  readonly host: string;
  readonly what: string;
}

export function sayChange(change: TableChange, t: ReturnType<typeof timelineTexts>): SaidChange {
  const { host } = change;
  switch (change.kind) {
    case 'host-added':
      return { sign: '+', host, what: t.host };
    case 'route-added':
      return { sign: '+', host, what: formatRoute(change.route) };
    case 'route-removed':
      return { sign: '−', host, what: formatRoute(change.route) };
    case 'device-added':
      return { sign: '+', host, what: t.device(change.device.name) };
    case 'device-changed':
      return { sign: '±', host, what: t.device(change.device.name) };
    case 'sysctl-changed':
      return { sign: '±', host, what: t.sysctl };
    case 'rules-changed':
      return { sign: '±', host, what: t.rules };
    default:
      return unreachable(change);
  }
}
