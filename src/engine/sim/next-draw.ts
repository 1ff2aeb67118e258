/** The next value a host draws, and the count of how many it drew (see draws.ts). */
import { drawIcmpId, drawIpId, drawPort, pingStart } from './draws';
import type { Run } from './run';

export function nextIpId(run: Run, host: string): number {
  const { draws } = run.host(host);
  run.update(host, { draws: { ...draws, ipId: draws.ipId + 1 } });
  return drawIpId(run.world.draws, host, draws.ipId);
}

export function nextIcmpId(run: Run, host: string): number {
  const { draws } = run.host(host);
  run.update(host, { draws: { ...draws, icmpId: draws.icmpId + 1 } });
  return drawIcmpId(run.world.draws, host, draws.icmpId);
}

/** Where the ping counts from that took the host's last ICMP identifier. */
export const startOfPing = (run: Run, host: string): number =>
  pingStart(run.world.draws, host, run.host(host).draws.icmpId - 1);

export function nextPort(run: Run, host: string): number {
  const { draws } = run.host(host);
  run.update(host, { draws: { ...draws, port: draws.port + 1 } });
  return drawPort(run.world.draws, host, draws.port);
}

/** The data of the host's next echo request, if a capture told it. */
export function nextPingData(run: Run, host: string): Uint8Array | null {
  const { draws } = run.host(host);
  run.update(host, { draws: { ...draws, echo: draws.echo + 1 } });
  return run.world.draws.pingData.get(host)?.[draws.echo] ?? null;
}
