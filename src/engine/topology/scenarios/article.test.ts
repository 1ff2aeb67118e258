/** The article's own printed tables (its `route -n` outputs, retyped as data) against what the control plane derives. */
import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../../addr/ipv4';
import { formatMask } from '../../addr/prefix';
import { hostNamed } from '../topology';
import { article } from './article';

/** A host's table in the columns of `route -n`: Destination Gateway Genmask Metric Iface. */
function routeN(name: string): readonly string[] {
  const routes = hostNamed(article, name)?.routes ?? [];
  return routes.map(({ dst, via, dev, metric }) =>
    [formatIpv4(dst.base), via === null ? '0.0.0.0' : formatIpv4(via), formatMask(dst.len), metric, dev].join(' '),
  );
}

describe('the article’s route tables come out of the leases', () => {
  test.each([
    [
      'pod1',
      [
        '0.0.0.0 10.244.1.1 0.0.0.0 0 eth0',
        '10.244.0.0 10.244.1.1 255.255.0.0 0 eth0',
        '10.244.1.0 0.0.0.0 255.255.255.0 0 eth0',
      ],
    ],
    [
      'pod2',
      [
        '0.0.0.0 10.244.2.1 0.0.0.0 0 eth0',
        '10.244.0.0 10.244.2.1 255.255.0.0 0 eth0',
        '10.244.2.0 0.0.0.0 255.255.255.0 0 eth0',
      ],
    ],
    [
      'node1',
      [
        '0.0.0.0 192.168.0.1 0.0.0.0 100 ens33',
        '10.244.0.0 192.168.0.80 255.255.255.0 0 ens33',
        '10.244.1.0 0.0.0.0 255.255.255.0 0 cni0',
        '10.244.2.0 192.168.0.82 255.255.255.0 0 ens33',
        '172.17.0.0 0.0.0.0 255.255.0.0 0 docker0',
        '192.168.0.0 0.0.0.0 255.255.255.0 100 ens33',
      ],
    ],
    [
      'node2',
      [
        '0.0.0.0 192.168.0.1 0.0.0.0 100 ens33',
        '10.244.0.0 192.168.0.80 255.255.255.0 0 ens33',
        '10.244.1.0 192.168.0.81 255.255.255.0 0 ens33',
        '10.244.2.0 0.0.0.0 255.255.255.0 0 cni0',
        '172.17.0.0 0.0.0.0 255.255.0.0 0 docker0',
        '192.168.0.0 0.0.0.0 255.255.255.0 100 ens33',
      ],
    ],
  ])('%s', (host, table) => {
    expect(routeN(host)).toEqual(table);
  });
});
