/** The scenarios: those that come with the page, with the captures recorded of them, and the user's own cluster. */
import node1Cap from '../../public/samples/article-ping/node1.cap?bytes';
import node2Cap from '../../public/samples/article-ping/node2.cap?bytes';
import pod1Cap from '../../public/samples/article-ping/pod1.cap?bytes';
import pod2Cap from '../../public/samples/article-ping/pod2.cap?bytes';
import { openCapture } from '../engine/capture/open';
import type { SessionCapture } from '../engine/comparison/session';
import { article } from '../engine/topology/scenarios/article';
import type { Topology } from '../engine/topology/topology';
import { type AppState, INITIAL, type OwnCluster } from './store';

export interface Scenario {
  readonly id: string;
  readonly topology: Topology;
  readonly command: string; // what is asked at first
  readonly captures: readonly SessionCapture[];
}

const sample = (name: string, bytes: Uint8Array): readonly SessionCapture[] => {
  const opened = openCapture(bytes);
  return opened.ok ? [{ id: name, name, capture: opened.value, role: null }] : [];
};

const ARTICLE: Scenario = {
  id: 'article',
  topology: article,
  command: INITIAL.command,
  captures: [
    ...sample('pod1.cap', pod1Cap),
    ...sample('node1.cap', node1Cap),
    ...sample('node2.cap', node2Cap),
    ...sample('pod2.cap', pod2Cap),
  ],
};

/** What the header offers, in this order. */
export const SCENARIOS: readonly Scenario[] = [ARTICLE];

/** The id of the user's own cluster. */
export const OWN = 'own';

const ofOwn = new WeakMap<OwnCluster, Scenario>();

/** The scenario shown; an unknown id (an old link, or a cluster that is not in this tab) gives the article's. */
export function scenarioOf({ scenario: id, own }: Pick<AppState, 'scenario' | 'own'>): Scenario {
  if (id !== OWN || own === null) return SCENARIOS.find((scenario) => scenario.id === id) ?? ARTICLE;
  const known = ofOwn.get(own) ?? { id: OWN, topology: own.topology, command: own.command, captures: [] };
  ofOwn.set(own, known);
  return known;
}
