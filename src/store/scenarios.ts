/** The scenarios that come with the page: a cluster, and the captures recorded of it. */
import node1Cap from '../../public/samples/article-ping/node1.cap?bytes';
import node2Cap from '../../public/samples/article-ping/node2.cap?bytes';
import pod1Cap from '../../public/samples/article-ping/pod1.cap?bytes';
import pod2Cap from '../../public/samples/article-ping/pod2.cap?bytes';
import type { SessionCapture } from '../engine/analysis/session';
import { openCapture } from '../engine/capture/open';
import { article } from '../engine/topology/scenarios/article';
import type { Topology } from '../engine/topology/topology';

export interface Scenario {
  readonly id: string;
  readonly topology: Topology;
  readonly captures: readonly SessionCapture[];
}

const sample = (name: string, bytes: Uint8Array): readonly SessionCapture[] => {
  const opened = openCapture(bytes);
  return opened.ok ? [{ id: name, name, capture: opened.value, role: null }] : [];
};

const ARTICLE: Scenario = {
  id: 'article',
  topology: article,
  captures: [
    ...sample('pod1.cap', pod1Cap),
    ...sample('node1.cap', node1Cap),
    ...sample('node2.cap', node2Cap),
    ...sample('pod2.cap', pod2Cap),
  ],
};

/** What the header offers, in this order. */
export const SCENARIOS: readonly Scenario[] = [ARTICLE];

/** The scenario of that id; an unknown id (an old link) gives the article's. */
export const scenarioById = (id: string): Scenario => SCENARIOS.find((scenario) => scenario.id === id) ?? ARTICLE;
