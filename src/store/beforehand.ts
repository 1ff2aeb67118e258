/**
 * What the page will show of a large cluster is worked out beforehand, one thing after another. None of them takes long;
 * all of them together would block the page, which asks for all at once when it draws.
 */
import { ipv4FromNumber } from '../engine/addr/ipv4';
import { isAssumed } from '../engine/topology/assumed';
import { toldHosts } from '../engine/topology/host-index';
import { leasesOf, nodeOf, podsOn } from '../engine/topology/places';
import { hostNamed, ownerOf, type Topology } from '../engine/topology/topology';
import { carriedAs, carriedInPieces } from './carried';
import { whileBusy } from './environment';
import { selectCluster, selectOwnSize, selectSession, selectVerdict, selectWire } from './selectors';
import { type AppState, MODES, useApp } from './store';

let turn: Promise<unknown> = Promise.resolve();

/** Makes a choice once what it comes to is worked out; one choice after another, in the order in which they were made. */
export function chosen(choice: (state: AppState) => Partial<AppState>): Promise<void> {
  const made = turn.then(async () => {
    const before = useApp.getState();
    const next = choice(before);
    await workedOut({ ...before, ...next });
    useApp.setState(next);
  });
  turn = made.catch(() => undefined);
  return whileBusy(made);
}

/** Works out what is shown in that state. */
export async function workedOut(state: AppState): Promise<void> {
  for (const _ of looks(state)) await new Promise((go) => setTimeout(go));
}

function* looks(state: AppState): Generator {
  yield* carriedInPieces(state, state.mode);
  yield* looksAt(selectCluster(state));
  yield selectSession(state);
  yield selectVerdict(state);
  yield selectWire(state);
  yield selectOwnSize(state);
  if (state.dialog !== 'wire') return;
  for (const mode of MODES) {
    const cluster = yield* carriedInPieces(state, mode);
    yield* looksAt(cluster);
    yield carriedAs(state, mode);
  }
}

function* looksAt(cluster: Topology): Generator {
  yield hostNamed(cluster, '');
  yield ownerOf(cluster, ipv4FromNumber(0));
  yield toldHosts(cluster.hosts);
  yield podsOn(cluster, '');
  yield leasesOf(cluster);
  yield isAssumed(cluster, '', null, 'mac');
  for (const { host } of cluster.capturePoints) {
    const end = hostNamed(cluster, host);
    if (end === null) continue;
    const node = nodeOf(cluster, end);
    yield node.devices;
    yield node.routes;
    yield node.neighbours;
    yield node.tunnelFdb;
  }
}
