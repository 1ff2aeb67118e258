import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Cluster.module.css';

/** Commands, not words: the same in every language. */
const COMMANDS = {
  anywhere: ['kubectl get nodes -o yaml', 'kubectl get pods -A -o wide'],
  node: [
    'ip -d addr; ip route; ip neigh; bridge fdb show',
    'sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter net.bridge.bridge-nf-call-iptables; iptables-save',
  ],
  pod: ['kubectl exec POD -- ip addr', 'kubectl exec POD -- ip route'],
} as const;

export function WhatToType() {
  const { cluster: t } = useApp(selectText);
  return (
    <details className={styles.commands}>
      <summary>{t.commands}</summary>
      {(['anywhere', 'node', 'pod'] as const).map((where) => (
        <div key={where}>
          <h3>{t.commandsWhere[where]}</h3>
          <pre>{COMMANDS[where].join('\n')}</pre>
        </div>
      ))}
    </details>
  );
}
