/**
 * Edits: what a user changes about a cluster before a run, one after another. Most are a command typed at a host; the
 * others change cables, the network between the machines, or what listens. A cluster and its edits are all a scenario is.
 */
import { err, ok, type Result, unreachable } from '../base/result';
import { splitWords } from '../net/words';
import { type ChangeError, readChange } from './change-text';
import { configure } from './configure';
import { addNode, addPod, type GrowError, plug } from './grow';
import { replaced } from './host-index';
import { type RewireError, secondLink, splitLan } from './rewire';
import { type Host, hostNamed, type Listener, segmentNamed, type Topology } from './topology';
import { watch } from './watch';

export type Edit =
  | { readonly kind: 'line'; readonly line: string } // 'node1: ip route del 10.244.2.0/24'
  | { readonly kind: 'split-lan'; readonly host: string } // moves to a subnet of its own behind the router
  | { readonly kind: 'second-link'; readonly a: string; readonly b: string } // a cable of their own between two machines
  | { readonly kind: 'source-guard'; readonly segment: string; readonly on: boolean }
  | { readonly kind: 'add-pod'; readonly node: string }
  | { readonly kind: 'add-node'; readonly segment: string }
  | { readonly kind: 'plug'; readonly host: string; readonly dev: string; readonly segment: string | null } // null: pulled out
  | { readonly kind: 'watch'; readonly from: string; readonly to: string } // which way is looked at: hosts
  | { readonly kind: 'place'; readonly host: string; readonly dx: number; readonly dy: number } // in the picture: placing.ts
  | { readonly kind: 'lay-out' } // every host back to where it stands by itself
  | { readonly kind: 'listen'; readonly host: string; readonly listener: Listener };

export type EditError =
  | { readonly kind: 'no-host'; readonly line: string } // not 'host: command'
  | { readonly kind: 'unknown-command'; readonly command: string } // not one that configures
  | ChangeError
  | { readonly kind: 'refused'; readonly host: string; readonly command: string; readonly text: string } // the tool's own words
  | RewireError
  | GrowError;

export interface FailedEdit {
  readonly index: number;
  readonly error: EditError;
}

/** The cluster after all edits; or the first one that cannot be made, and why. */
export function applyEdits(topology: Topology, edits: readonly Edit[]): Result<Topology, FailedEdit> {
  let now = topology;
  for (const [index, edit] of edits.entries()) {
    const result = applyEdit(now, edit);
    if (!result.ok) return err({ index, error: result.error });
    now = result.value;
  }
  return ok(now);
}

function applyEdit(topology: Topology, edit: Edit): Result<Topology, EditError> {
  switch (edit.kind) {
    case 'line':
      return applyLine(topology, edit.line);
    case 'split-lan':
      return splitLan(topology, edit.host);
    case 'second-link':
      return secondLink(topology, edit.a, edit.b);
    case 'source-guard':
      if (segmentNamed(topology, edit.segment) === null) return err({ kind: 'unknown-segment', segment: edit.segment });
      return ok({
        ...topology,
        segments: topology.segments.map((one) => (one.name === edit.segment ? { ...one, sourceGuard: edit.on } : one)),
      });
    case 'add-pod':
      return addPod(topology, edit.node);
    case 'add-node':
      return addNode(topology, edit.segment);
    case 'plug':
      return plug(topology, edit, edit.segment);
    case 'watch':
      return watch(topology, edit.from, edit.to);
    case 'place':
      return hostNamed(topology, edit.host) === null ? err({ kind: 'unknown-host', host: edit.host }) : ok(topology);
    case 'lay-out':
      return ok(topology);
    case 'listen': {
      const host = hostNamed(topology, edit.host);
      if (host === null) return err({ kind: 'unknown-host', host: edit.host });
      return ok(withHost(topology, host, { ...host, listeners: [...host.listeners, edit.listener] }));
    }
    default:
      return unreachable(edit);
  }
}

const withHost = (topology: Topology, before: Host, after: Host): Topology => ({
  ...topology,
  hosts: replaced(topology.hosts, new Map([[before, after]])),
});

/** 'host: command; command …': configuration only, since an edit sends nothing. */
function applyLine(topology: Topology, line: string): Result<Topology, EditError> {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trim();
  const commands = line
    .slice(colon + 1)
    .split(/;|&&/)
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (name === '' || commands.length === 0) return err({ kind: 'no-host', line });
  const before = hostNamed(topology, name);
  if (before === null) return err({ kind: 'unknown-host', host: name });
  let host = before;
  for (const command of commands) {
    const words = splitWords(command);
    const changes = readChange(words);
    if (changes === null) return err({ kind: 'unknown-command', command: words[0] ?? '' });
    if (!changes.ok) return changes;
    for (const change of changes.value) {
      const result = configure(host, change);
      if (!result.ok) return err({ kind: 'refused', host: name, command, text: result.error });
      host = result.value;
    }
  }
  return ok(withHost(topology, before, host));
}
