import { memo } from 'react';
import type { Topology } from '../../engine/topology/topology';
import type { GraphWords } from './content';
import { factsOf, nameOf } from './facts';
import type { Box, Scene } from './scene';

interface Props {
  readonly topology: Topology;
  readonly scene: Scene;
  readonly words: GraphWords;
  readonly current: string | null; // box id
}

/** The graph in words, for those who do not see it: each host with its devices, and where the packet is. */
export const HostList = memo(function HostList({ topology, scene, words, current }: Props) {
  const hosts = scene.boxes.filter(({ kind }) => ['node', 'pod', 'small', 'segment'].includes(kind));
  const partsOf = (host: Box) =>
    scene.boxes.filter((box) => box.host === host.host && ['device', 'stack'].includes(box.kind));
  return (
    <div className="visually-hidden">
      <h2>{words.list.label}</h2>
      <ul>
        {hosts.map((host) => (
          <li key={host.id} aria-current={host.id === current ? 'location' : undefined}>
            <Item topology={topology} words={words} box={host} current={current} />
            {host.host !== null && partsOf(host).length > 0 && (
              <ul>
                {partsOf(host).map((part) => (
                  <li key={part.id} aria-current={part.id === current ? 'location' : undefined}>
                    <Item topology={topology} words={words} box={part} current={current} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
});

function Item({ topology, words, box, current }: { readonly box: Box } & Omit<Props, 'scene'>) {
  const facts = factsOf(topology, words, box, box.kind === 'small');
  const values =
    facts?.facts.map(({ name, value, assumed }) => `${name} ${value}${assumed ? ` (${words.assumedWord})` : ''}`) ?? [];
  const here = box.id === current ? [words.current] : [];
  return [nameOf(topology, words, box), ...here, ...values].join(', ');
}
