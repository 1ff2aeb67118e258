import { test } from 'vitest';
import { randomCluster } from '../engine/testing/random-cluster';
import { simulate } from '../engine/sim/simulate';
import { seeded } from '../engine/sim/draws';
import { framesByDevice } from '../engine/sim/trace';
test('x', () => {
  const { topology, commands } = randomCluster(Number(process.env.SEED));
  const trace = simulate(topology, { run: commands }, seeded(1));
  console.log(commands.join('\n'));
  if (trace.ok) for (const [k, v] of framesByDevice(trace.value)) { if (!process.env.DEV || k.includes(process.env.DEV)) { console.log(k); for (const f of v) { const b = f.frame.body; const ip = (n: number) => [n>>>24, n>>>16&255, n>>>8&255, n&255].join('.'); console.log('  ', (f.atUs/1e6).toFixed(6), f.direction, b.kind==='arp' ? `arp ${b.arp.operation} ${ip(b.arp.senderIp)} > ${ip(b.arp.targetIp)}` : b.kind==='ipv4' ? `${ip(b.header.src)} > ${ip(b.header.dst)} p${b.header.protocol} ttl${b.header.ttl} len${b.header.totalLength} off${b.header.fragmentOffset} ${b.header.protocol===1&&b.header.fragmentOffset===0?'icmp '+b.payload[0]+'/'+b.payload[1]+' seq '+b.payload[7]:''}`:b.kind); } } }
});
