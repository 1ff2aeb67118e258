/**
 * Fragments in and out. A datagram is cut to what a device takes; parts are put together again where the datagram ends,
 * and also on the way where connections are tracked. RFC 791 section 3.2; Linux net/ipv4/ip_output.c (ip_do_fragment),
 * ip_fragment.c (ip_frag_reasm).
 */
import { concat } from '../base/bytes';
import * as ipv4 from '../wire/ipv4';
import type { PacketId } from './event';
import type { Run } from './run';
import type { Packet } from './world';

/** Parts of at most `mtuBytes`; all but the last carry a multiple of 8 bytes. */
export function cut(run: Run, packet: Packet, mtuBytes: number): readonly Packet[] {
  const { header, payload } = packet;
  const roomBytes = (mtuBytes - ipv4.headerLength(header)) & ~7;
  const parts: Packet[] = [];
  for (let at = 0; at < payload.length; at += roomBytes) {
    const part = payload.subarray(at, at + roomBytes);
    const last = at + roomBytes >= payload.length;
    parts.push({
      id: run.newPacket(),
      header: ipv4.withChecksum({
        ...header,
        totalLength: ipv4.headerLength(header) + part.length,
        fragmentOffset: header.fragmentOffset + at,
        mf: header.mf || !last,
      }),
      payload: part,
      inDev: packet.inDev,
    });
  }
  return parts;
}

/** Keeps a fragment until its datagram is whole; null while parts are missing. */
export function reassemble(run: Run, host: string, part: Packet): Packet | null {
  const { fragments, cutTo } = run.host(host);
  const same = ({ header }: Packet): boolean =>
    header.src === part.header.src &&
    header.dst === part.header.dst &&
    header.id === part.header.id &&
    header.protocol === part.header.protocol;
  const parts = [...fragments.filter(same), part].sort((a, b) => a.header.fragmentOffset - b.header.fragmentOffset);
  const others = fragments.filter((fragment) => !same(fragment));
  let reached = 0;
  for (const { header, payload } of parts) if (header.fragmentOffset === reached) reached += payload.length;
  const last = parts.find(({ header }) => !header.mf);
  const first = parts[0];
  const whole =
    last !== undefined && first !== undefined && reached === last.header.fragmentOffset + last.payload.length;
  run.update(host, { fragments: whole ? others : [...others, ...parts] });
  if (!whole) return null;
  const payload = concat(...parts.map((fragment) => fragment.payload));
  const header = ipv4.withChecksum({
    ...first.header,
    mf: false,
    totalLength: ipv4.headerLength(first.header) + payload.length,
  });
  const id = run.world.carries.get(first.id) ?? first.id; // it is the packet that was cut up
  const largest = Math.max(...parts.map((fragment) => fragment.header.totalLength));
  run.update(host, { cutTo: new Map(cutTo).set(id, largest) });
  run.note({ kind: 'reassembled', host, packet: id, from: parts.map((fragment) => fragment.id) });
  return { id, header, payload, inDev: part.inDev };
}

/** What a packet that came in parts must be cut to again, so that whoever sent it is not surprised (frag_max_size). */
export const sizeItCameIn = (run: Run, host: string, packet: PacketId): number | null =>
  run.host(host).cutTo.get(packet) ?? null;
