/** The engine's part of `npm run bench`: how long runs take, how that grows, what a long trace weighs. Prints one JSON line. */
import { ipv4FromNumber } from '../src/engine/addr/ipv4';
import { mac } from '../src/engine/addr/mac';
import { prefixOf } from '../src/engine/addr/prefix';
import { hash32 } from '../src/engine/base/random';
import { route } from '../src/engine/net/route';
import { seeded } from '../src/engine/sim/draws';
import { simulate } from '../src/engine/sim/simulate';
import type { Trace } from '../src/engine/sim/trace';
import { connected, device, gatewayOf, host, inTableOrder, loopback, podRoutes } from '../src/engine/topology/build';
import { article } from '../src/engine/topology/scenarios/article';
import { type Host, PLAIN_SYSCTLS, type Topology } from '../src/engine/topology/topology';

const PING = 'pod1: ping -c 1 10.244.2.2';

function run(topology: Topology, lines: readonly string[], stepsMax?: number): Trace {
  const trace = simulate(topology, { run: lines }, seeded(1), stepsMax);
  if (!trace.ok) throw new Error(JSON.stringify(trace.error));
  return trace.value;
}

/** Median of many runs, in milliseconds. */
function medianMs(times: number, work: () => unknown): number {
  const taken: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const start = performance.now();
    work();
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}

const macOf = (seed: string) => {
  const bits = hash32(1, seed);
  return mac(`02:00:${[24, 16, 8, 0].map((s) => ((bits >>> s) & 255).toString(16).padStart(2, '0')).join(':')}`);
};

/** A full mesh of host-gw routes over n nodes, a pod on the first and on the last. The routes themselves are shared. */
function mesh(n: number): Topology {
  const network = prefixOf(ipv4FromNumber(0x0a000000), 8);
  const subnet = (i: number) => prefixOf(ipv4FromNumber(0x0a000000 + (i + 1) * 256), 24);
  const address = (i: number) => ({ ip: ipv4FromNumber(0xc0a80000 + i + 2), prefixLen: 16 });
  const leased = Array.from({ length: n }, (_, i) => route(subnet(i), { via: address(i).ip, dev: 'ens33' }));
  const hosts = leased.map((own, i): Host => {
    const cni0 = { ip: gatewayOf(subnet(i)), prefixLen: 24 };
    const pod = i === 0 ? 'pod1' : i === n - 1 ? 'pod2' : null;
    return host(`node${i + 1}`, 'node', {
      devices: [
        loopback,
        device('ens33', 2, macOf(`nic${i}`), { kind: 'nic', segment: 'lan' }, { addresses: [address(i)] }),
        device('cni0', 4, macOf(`cni${i}`), { kind: 'bridge' }, { addresses: [cni0] }),
        ...(pod === null
          ? []
          : [
              device(
                'veth0',
                5,
                macOf(`veth${i}`),
                { kind: 'veth', peer: { host: pod, dev: 'eth0' } },
                { master: 'cni0' },
              ),
            ]),
      ],
      routes: inTableOrder([
        ...leased.filter((other) => other !== own),
        connected('cni0', cni0),
        connected('ens33', address(i)),
      ]),
      sysctls: { ...PLAIN_SYSCTLS, ipForward: true },
    });
  });
  const pod = (name: string, i: number): Host => {
    const own = { ip: ipv4FromNumber(subnet(i).base + 5), prefixLen: 24 };
    const link = { kind: 'veth', peer: { host: `node${i + 1}`, dev: 'veth0' } } as const;
    return host(name, 'pod', {
      node: `node${i + 1}`,
      devices: [loopback, device('eth0', 3, macOf(name), link, { addresses: [own] })],
      routes: podRoutes(own, network),
    });
  };
  return {
    name: `mesh-${n}`,
    network,
    hosts: [...hosts, pod('pod1', 0), pod('pod2', n - 1)],
    segments: [{ name: 'lan', ports: hosts.map(({ name }) => ({ host: name, dev: 'ens33' })), sourceGuard: false }],
    capturePoints: [],
    assumed: [],
  };
}

/** A ping to the pod on the last node. */
const meshPing = (n: number): string => `pod1: ping -c 1 10.${n >> 8}.${n & 255}.5`;

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

const DOWN = 'node2: ip link set ens33 down';
const articleMs = medianMs(60, () => run(article, [PING]));
const articleSteps = run(article, [PING]).steps.length;
const downSteps = run(article, [DOWN, 'pod1: ping -c 58 -W 1 10.244.2.2']).steps.length;
const downMs = medianMs(15, () => run(article, [DOWN, 'pod1: ping -c 58 -W 1 10.244.2.2']));
const meshes = [2, 100, 1000].map((n) => {
  const buildMs = medianMs(3, () => mesh(n));
  const topology = mesh(n);
  const trace = run(topology, [meshPing(n)]);
  const answered = trace.steps.some(({ event }) => event.kind === 'printed' && / bytes from /.test(event.text));
  return {
    nodes: n,
    buildMs,
    steps: trace.steps.length,
    runMs: medianMs(9, () => run(topology, [meshPing(n)])),
    answered,
  };
});
const before = heapMb();
const long = run(article, ['pod1: ping -c 400 -i 0.01 10.244.2.2'], 10_000);
const longMb = heapMb() - before;

const figures = {
  articleMs,
  articleSteps,
  downMs,
  downSteps,
  meshes,
  long: { steps: long.steps.length, mb: longMb },
};
export type EngineFigures = typeof figures;

console.log(JSON.stringify(figures));
