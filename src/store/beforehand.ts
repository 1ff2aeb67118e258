/**
 * What the page will show of a large cluster, or of large captures, is worked out beforehand, one thing after another. None
 * of them takes long; all of them together would block the page, which asks for all at once when it draws.
 */
import { ipv4FromNumber } from '../engine/addr/ipv4';
import type { InParts } from '../engine/base/in-parts';
import { isAssumed } from '../engine/topology/assumed';
import { toldHosts } from '../engine/topology/host-index';
import { leasesOf, nodeOf, podsOn } from '../engine/topology/places';
import { hostNamed, ownerOf, type Topology } from '../engine/topology/topology';
import { breathing } from './breath';
import { carriedAs, carriedInParts } from './carried';
import { whileBusy } from './environment';
import { selectCluster, selectOwnSize, selectVerdict, selectWire, shownInParts } from './selectors';
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
export const workedOut = (state: AppState): Promise<void> => breathing(looks(state));

function* looks(state: AppState): InParts<void> {
  yield* carriedInParts(state, state.mode);
  yield* looksAt(selectCluster(state));
  yield* shownInParts(state);
  yield void selectVerdict(state);
  yield void selectWire(state);
  yield void selectOwnSize(state);
  if (state.dialog !== 'wire') return;
  for (const mode of MODES) {
    const cluster = yield* carriedInParts(state, mode);
    yield* looksAt(cluster);
    yield void carriedAs(state, mode);
  }
}

function* looksAt(cluster: Topology): InParts<void> {
  yield void hostNamed(cluster, '');
  yield void ownerOf(cluster, ipv4FromNumber(0));
  yield void toldHosts(cluster.hosts);
  yield void podsOn(cluster, '');
  yield void leasesOf(cluster);
  yield void isAssumed(cluster, '', null, 'mac');
  for (const { host } of cluster.capturePoints) {
    const end = hostNamed(cluster, host);
    if (end === null) continue;
    const node = nodeOf(cluster, end);
    yield void node.devices;
    yield void node.routes;
    yield void node.neighbours;
    yield void node.tunnelFdb;
  }
}
