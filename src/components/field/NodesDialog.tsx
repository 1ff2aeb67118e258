import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { formatIpv4 } from '../../engine/addr/ipv4';
import { formatPrefix } from '../../engine/addr/prefix';
import { addressOf } from '../../engine/topology/places';
import type { Host } from '../../engine/topology/topology';
import { closeDialog, lookAt } from '../../store/actions';
import { selectCluster, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Dialog } from '../shared/Dialog';
import styles from './Field.module.css';
import { type FieldNode, fieldOf, found, podWords } from './field';
import { NodeCanvas } from './NodeCanvas';

const LISTED = 60; // nodes, and pods of a node; a search finds the others

/** Every node of the cluster: found by name or address, and any pod of it as the other end of the way. */
export function NodesDialog() {
  const { field: t } = useApp(selectText);
  const cluster = useApp(selectCluster);
  const [search, setSearch] = useState('');
  const asked = useDeferredValue(search);
  const [chosen, setChosen] = useState<number | null>(null);
  const nodes = fieldOf(cluster);
  useEffect(() => prepared(nodes), [nodes]);
  const indexes = useMemo(() => found(nodes, asked), [nodes, asked]);
  const onWay = useMemo(() => new Set(cluster.capturePoints.map(({ host }) => host)), [cluster]);
  const node = chosen === null ? undefined : nodes[chosen];
  return (
    <Dialog name="nodes" title={t.title(nodes.length)}>
      <label className={styles.search}>
        {t.search}
        <input
          type="search"
          value={search}
          placeholder={t.placeholder}
          spellCheck={false}
          onChange={(event) => setSearch(event.target.value)}
        />
        <output>{t.found(indexes.length, nodes.length)}</output>
      </label>
      <NodeCanvas
        nodes={nodes}
        found={useMemo(() => new Set(indexes), [indexes])}
        onWay={onWay}
        chosen={chosen}
        label={t.canvas(nodes.length)}
        onChoose={setChosen}
      />
      <p className={styles.quiet}>{t.hint}</p>
      <div className={styles.columns}>
        <ul className={styles.list} aria-label={t.list}>
          {indexes.slice(0, LISTED).map((index) => (
            <li key={index}>
              <button type="button" aria-pressed={index === chosen} onClick={() => setChosen(index)}>
                <b>{nodes[index]?.host.name}</b> <code>{nodes[index]?.ip}</code>
              </button>
            </li>
          ))}
          {indexes.length > LISTED && <li className={styles.quiet}>{t.more(indexes.length - LISTED)}</li>}
        </ul>
        {node === undefined ? <p className={styles.quiet}>{t.choose}</p> : <NodeFacts node={node} />}
      </div>
    </Dialog>
  );
}

const PREPARED_AT_ONCE = 250; // nodes

/** Looks at the pods of all nodes, some at a time, before anybody searches among them. Gives what stops it. */
function prepared(nodes: readonly FieldNode[]): () => void {
  let at = 0;
  let timer = 0;
  const go = () => {
    for (const node of nodes.slice(at, at + PREPARED_AT_ONCE)) podWords(node);
    at += PREPARED_AT_ONCE;
    if (at < nodes.length) timer = window.setTimeout(go);
  };
  go();
  return () => clearTimeout(timer);
}

function NodeFacts({ node }: { readonly node: FieldNode }) {
  const { field: t } = useApp(selectText);
  const { host, ip, net, pods } = node;
  return (
    <section className={styles.facts} aria-label={host.name}>
      <h3>{host.name}</h3>
      <p>
        <code>{ip}</code> · {net === null ? t.noPods : t.pods(pods.length, formatPrefix(net))}
      </p>
      <p className={styles.quiet}>{t.lookHere}</p>
      <ul className={styles.list}>
        {[...pods.slice(0, LISTED), host].map((end) => (
          <li key={end.name}>
            <End host={end} />
          </li>
        ))}
        {pods.length > LISTED && <li className={styles.quiet}>{t.more(pods.length - LISTED)}</li>}
      </ul>
    </section>
  );
}

function End({ host }: { readonly host: Host }) {
  const address = addressOf(host);
  return (
    <button
      type="button"
      disabled={address === null}
      onClick={() => {
        closeDialog();
        lookAt(host.name);
      }}
    >
      <b>{host.name}</b> <code>{address === null ? '' : formatIpv4(address.ip)}</code>
    </button>
  );
}
