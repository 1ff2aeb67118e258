import { describe, expect, test } from 'vitest';
import { importTexts } from '../import/import';
import { labScenarios } from '../testing/lab-scenarios';
import { FORMAT, fromFile, toFile, VERSION } from './file';
import { article } from './scenarios/article';
import type { Topology } from './topology';

/** The article's file with one thing changed, by a path such as `hosts.0.devices.1.mac`. */
function changed(path: string, value: unknown): string {
  const data = JSON.parse(toFile(article)) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = data;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = value;
  return JSON.stringify(data);
}

const NAMES: readonly [string, Topology][] = [
  ['the article', article],
  ...['vxlan', 'ipip', 'masq-flannel-rules', 'rp-filter-strict', 'route-prohibit', 'tcp-http-offload'].flatMap(
    (name) => {
      const found = labScenarios.find((one) => one.name === name);
      return found === undefined ? [] : [[name, importTexts(found.texts).topology] as [string, Topology]];
    },
  ),
];

describe('a cluster file', () => {
  test.each(NAMES)('gives back what was written: %s', (_, topology) => {
    expect(fromFile(toFile(topology))).toEqual({ ok: true, value: topology });
  });

  test('reads as people write addresses, routes and rules', () => {
    const text = toFile(article);
    for (const one of [
      '"10.244.1.4/24"',
      '"10.244.2.0/24 via 192.168.0.82 dev ens33"',
      `"format": "${FORMAT}"`,
      `"version": ${VERSION}`,
    ]) {
      expect(text).toContain(one);
    }
  });

  test.each([
    ['hello', { kind: 'not-json' }],
    ['[1]', { kind: 'not-a-cluster' }],
    ['{"format":"other","version":1}', { kind: 'not-a-cluster' }],
    [changed('version', 2), { kind: 'other-version', version: '2', supported: 1 }],
    [changed('version', 'one'), { kind: 'other-version', version: '"one"', supported: 1 }],
    [
      changed('hosts.0.devices.1.mac', 'aa:bb'),
      { kind: 'invalid', path: 'hosts.0.devices.1.mac', expected: 'a MAC address', received: '"aa:bb"' },
    ],
    [
      changed('hosts.0.devices.1.addresses.0', '10.0.0.1/33'),
      { kind: 'invalid', path: 'hosts.0.devices.1.addresses.0' },
    ],
    [changed('hosts.0.routes.0', 'default over there'), { kind: 'invalid', path: 'hosts.0.routes.0' }],
    [
      changed('hosts.0.netfilter.filter.FORWARD', { policy: 'accept', rules: ['-A FORWARD --dance'] }),
      { kind: 'invalid', path: 'hosts.0.netfilter.filter.FORWARD.rules.0' },
    ],
    [changed('hosts.0.colour', 'red'), { kind: 'invalid', path: 'hosts.0.colour' }],
    [
      changed('hosts.0.devices.1.link.peer.dev', 'gone'),
      { kind: 'missing-device', path: 'hosts.0.devices.1.link.peer', host: 'node1', dev: 'gone' },
    ],
    [changed('segments.0.ports.1.host', 'gone'), { kind: 'missing-device', path: 'segments.0.ports.1', host: 'gone' }],
    [changed('capturePoints.0.dev', 'gone'), { kind: 'missing-device', path: 'capturePoints.0' }],
    [changed('hosts.1.name', 'pod1'), { kind: 'twice', path: 'hosts.1.name', name: 'pod1' }],
  ])('is refused for one clear reason (%#)', (text, error) => {
    expect(fromFile(text)).toMatchObject({ ok: false, error });
  });
});

test('carries where hosts were moved in the picture, and refuses a host that is not there', () => {
  const layout = [{ host: 'node1', dx: -20, dy: 7 }];
  const text = toFile({ ...article, layout });
  expect(fromFile(text)).toMatchObject({ ok: true, value: { layout } });
  expect(fromFile(text.replace('"host": "node1",\n      "dx"', '"host": "node9",\n      "dx"'))).toEqual({
    ok: false,
    error: { kind: 'invalid', path: 'layout.0.host', expected: 'a host of this file', received: 'node9' },
  });
  expect(fromFile(text.replace('"dx": -20', '"dx": "left"'))).toMatchObject({
    ok: false,
    error: { path: 'layout.0.dx' },
  });
});
