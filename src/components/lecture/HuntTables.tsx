import { useState } from 'react';
import { formatIpv4 } from '../../engine/addr/ipv4';
import { macOf } from '../../engine/net/neighbour';
import { isIdle, TABLES } from '../../engine/net/netfilter';
import { formatRoute } from '../../engine/net/route-text';
import type { Trace } from '../../engine/sim/trace';
import { hostIn } from '../../engine/sim/world';
import { type Host, hostNamed, type Topology } from '../../engine/topology/topology';
import styles from './Hunt.module.css';
import { useTexts } from './texts';

/** One host's tables as its own tools print them. */
export function HuntTables({ topology, trace }: { readonly topology: Topology; readonly trace: Trace }) {
  const { lecture } = useTexts();
  const [chosen, setChosen] = useState<string | null>(null);
  const t = lecture.hunt;
  const host = (chosen === null ? null : hostNamed(topology, chosen)) ?? topology.hosts[0];
  if (host === undefined) return null;
  const world = trace.steps.at(-1)?.after ?? trace.initial;
  const neighbours = [...hostIn(world, host.name).neighbours.values()];
  return (
    <section className={styles.card} aria-label={t.tables}>
      <h2>{t.tables}</h2>
      <label className={styles.row}>
        {t.host}
        <select value={host.name} onChange={(event) => setChosen(event.target.value)}>
          {topology.hosts.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <Lines title={t.routes} lines={host.routes.map(formatRoute)} />
      <Lines title={t.devices} lines={devicesOf(host)} />
      <Lines
        title={t.neighbours}
        lines={neighbours.map(({ ip, dev, entry }) => {
          const mac = macOf(entry);
          return `${formatIpv4(ip)} dev ${dev} ${mac === null ? '' : `lladdr ${mac} `}${entry.state.toUpperCase()}`;
        })}
      />
      {host.role !== 'pod' && <Lines title={t.sysctls} lines={sysctlsOf(host)} />}
      {host.role !== 'pod' && <Lines title={t.rules} lines={rulesOf(host)} none={t.noRules} />}
    </section>
  );
}

function Lines({
  title,
  lines,
  none = '–',
}: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly none?: string;
}) {
  return (
    <>
      <h3>{title}</h3>
      <pre className={styles.lines}>{lines.length === 0 ? none : lines.join('\n')}</pre>
    </>
  );
}

const devicesOf = ({ devices }: Host): readonly string[] =>
  devices
    .filter(({ link }) => link.kind !== 'loopback')
    .map(({ name, mac, mtuBytes, up, addresses, master }) =>
      [
        `${name}: ${up ? 'UP' : 'DOWN'} mtu ${mtuBytes}`,
        ...(master === null ? [] : [`master ${master}`]),
        mac,
        ...addresses.map(({ ip, prefixLen }) => `${formatIpv4(ip)}/${prefixLen}`),
      ].join(' '),
    );

const sysctlsOf = ({ sysctls: { ipForward, rpFilterAll, perDevice } }: Host): readonly string[] => [
  `net.ipv4.ip_forward = ${ipForward ? 1 : 0}`,
  `net.ipv4.conf.all.rp_filter = ${rpFilterAll}`,
  ...[...perDevice].flatMap(([dev, { rpFilter }]) =>
    rpFilter === undefined ? [] : [`net.ipv4.conf.${dev}.rp_filter = ${rpFilter}`],
  ),
];

const rulesOf = ({ netfilter }: Host): readonly string[] =>
  TABLES.flatMap((table) => {
    const chains = [...netfilter[table]].filter(([, chain]) => !isIdle(chain));
    return chains.flatMap(([name, { policy, rules }]) => [
      `*${table} :${name} ${policy === null ? '-' : policy.toUpperCase()}`,
      ...rules.map(({ text }) => text),
    ]);
  });
