/** Findings in both languages: every kind has its row in the docs, and every sentence its values. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findingsJson, findingsText } from '../cli/findings-report';
import { findingsOf, routeAuditOf } from '../engine/findings/findings';
import type { RouteAudit } from '../engine/findings/route-audit';
import { edited, typed } from '../engine/testing/article-run';
import { articleSpec } from '../engine/testing/cluster-spec';
import { catalogue, LANGS, loadCatalogue } from '.';
import { en } from './en';
import { sayFinding } from './sentence-finding';

await Promise.all(LANGS.map(loadCatalogue));

const page = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8');
const rowsOf = (part: string): readonly string[] =>
  [...part.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name ?? '');
const [kinds = '', rows = ''] = page.split(/^## /m);

// The compiler holds these keys equal to the unions in engine/findings.
describe('docs/findings.md', () => {
  test('has one row for every kind, in the order of the catalogue', () => {
    expect(rowsOf(kinds)).toEqual(Object.keys(en.findings.kinds));
  });
  test('has one row for every verdict on a route', () => {
    expect(rowsOf(rows)).toEqual(Object.keys(en.findings.rows));
  });
});

const wrong = edited(typed('node1: ip route replace 10.244.2.0/24 via 192.168.0.99 dev ens33'));
const auditsOf = (topology: typeof wrong): readonly RouteAudit[] =>
  ['node1', 'node2'].flatMap((node) => routeAuditOf(topology, null, node) ?? []);

describe.each(LANGS)('one wrong next hop (%s)', (lang) => {
  const text = catalogue(lang);
  const report = findingsText(findingsOf(wrong, null), auditsOf(wrong), text).join('\n');

  test.each([
    ['which', '10.244.2.0/24 via 192.168.0.99 dev ens33'],
    ['what flannel would write', '10.244.2.0/24 via 192.168.0.82 dev ens33'],
    ['what a user sees', 'From 10.244.1.1 icmp_seq=1 Destination Host Unreachable'],
    ['how to look', 'node1: ip route show 10.244.2.0/24'],
    ['how to repair it', 'node1: ip route replace 10.244.2.0/24 via 192.168.0.82 dev ens33'],
  ])('is told %s', (_, line) => expect(report).toContain(line));

  test('is told why: the packet’s own fate, and that the repair does', () => {
    const [finding] = findingsOf(wrong, null);
    const { tried, lead } = finding === undefined ? { tried: [], lead: '' } : sayFinding(finding, text);
    expect(lead).toContain('**node2**');
    expect(tried.join(' ')).toContain('192.168.0.99');
    expect(tried.at(-1)).toBe(text.findings.mends);
  });

  test('its table is shown beside flannel’s, and one that is right is a line', () => {
    const lines = report.split('\n');
    expect(lines).toContain(`${text.findings.audit.title('node2')}: ${text.findings.audit.allRight(3)}`);
    expect(lines.some((line) => line.includes(text.findings.rows.wrong) && line.includes('192.168.0.99'))).toBe(true);
  });

  test('no mark-up is left in plain text', () => expect(report).not.toContain('**'));
});

describe.each(LANGS)('every sentence (%s)', (lang) => {
  const text = catalogue(lang);
  const topologies = [
    'node1: ip route del 10.244.2.0/24; ip route del default',
    'node1: ip route replace prohibit 10.244.2.0/24',
    'node1: ip route add 10.244.7.0/24 via 192.168.0.87; ip route add 10.244.2.2 via 192.168.0.1',
    'node2: ip link set ens33 mtu 1400; sysctl -w net.ipv4.ip_forward=0; iptables -P FORWARD DROP',
    'node2: ip link set cni0 down',
    'pod1: ip link set eth0 down',
    'node1: iptables -A FORWARD -j REJECT; iptables -t nat -A POSTROUTING -j MASQUERADE',
  ].map((line) => edited(typed(line)));
  const spec = articleSpec('node1 10.244.9.0/24 203.0.113.4 vxlan no', 'node2 - 192.168.0.80 host-gw yes');

  test('has its values', () => {
    const all = topologies.flatMap((topology) => [...findingsOf(topology, null), ...findingsOf(topology, spec)]);
    const said = all.map((one) => sayFinding(one, text));
    expect(new Set(all.map(({ kind }) => kind)).size).toBeGreaterThan(15);
    for (const { title, lead, tried } of said)
      for (const sentence of [title, lead, ...tried]) expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
  });
});

describe('as JSON', () => {
  test('addresses and routes are text, and nothing is lost in writing', () => {
    const json = findingsJson(findingsOf(wrong, null), auditsOf(wrong), en);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json.findings).toMatchObject([
      {
        kind: 'route-wrong',
        severity: 'error',
        node: 'node1',
        evidence: {
          actual: '10.244.2.0/24 via 192.168.0.99 dev ens33',
          expected: '10.244.2.0/24 via 192.168.0.82 dev ens33',
          peer: 'node2',
        },
        consequence: { outcome: 'error-answered', lostAt: 'node1', reason: 'neighbour-failed', repaired: 'answered' },
        repair: [{ lines: [{ host: 'node1', line: 'ip route replace 10.244.2.0/24 via 192.168.0.82 dev ens33' }] }],
      },
    ]);
    expect(json.audits[0]).toMatchObject({ node: 'node1', known: true });
  });
});
