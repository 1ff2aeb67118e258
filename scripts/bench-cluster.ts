/**
 * Large clusters, the engine's part of `npm run bench`: what kubectl prints of 50, 500 and 5,000 nodes with 30 pods each is
 * imported, a route table derived, a ping sent across. Prints one JSON line; given a folder, writes the largest texts there
 * for the page's part.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTexts } from '../src/engine/import/import';
import { seeded } from '../src/engine/sim/draws';
import { simulate } from '../src/engine/sim/simulate';
import { nodesJson, podAddress, podHost, podsText } from '../src/engine/testing/kubectl-text';
import { hostNamed } from '../src/engine/topology/topology';

const SIZES = [50, 500, 5000];
const PODS = 30; // a node

function timed<T>(work: () => T): { readonly ms: number; readonly value: T } {
  const start = performance.now();
  const value = work();
  return { ms: performance.now() - start, value };
}

/** Megabytes that are held, once what is not needed any more is gone. */
function heldMb(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

const folder = process.argv[2];
const clusters = SIZES.map((nodes) => {
  const texts = [nodesJson(nodes), podsText(nodes, PODS)];
  if (folder !== undefined && nodes === SIZES.at(-1)) {
    writeFileSync(join(folder, 'nodes.json'), texts[0] ?? '');
    writeFileSync(join(folder, 'pods.txt'), texts[1] ?? '');
  }
  const before = heldMb();
  const imported = timed(() => importTexts(texts));
  const importMb = heldMb() - before;
  const { topology } = imported.value;
  const table = timed(() => hostNamed(topology, 'node1')?.routes.length ?? 0);
  const ping = `${podHost(0, 0, PODS)}: ping -c 1 ${podAddress(nodes - 1, 1)}`;
  const run = timed(() => simulate(topology, { run: [ping] }, seeded(1)));
  const trace = run.value;
  const answered =
    trace.ok && trace.value.steps.some(({ event }) => event.kind === 'printed' && event.text.includes('1 received'));
  return {
    nodes,
    characters: texts.reduce((sum, { length }) => sum + length, 0),
    importMs: imported.ms,
    importMb,
    tableMs: table.ms,
    routes: table.value,
    runMs: run.ms,
    steps: trace.ok ? trace.value.steps.length : 0,
    answered,
  };
});

export type ClusterFigures = typeof clusters;

console.log(JSON.stringify(clusters));
