/** The capture files of a trace: one for each interface that saw a frame, as tcpdump on it would have written. */
import { LINK_TYPE } from '../engine/capture/link-types';
import { type PacketToWrite, writePcap } from '../engine/capture/pcap';
import { framesByDevice, type Trace } from '../engine/sim/trace';
import { deviceNamed, type Host } from '../engine/topology/topology';
import { HEADER_LENGTH } from '../engine/wire/ethernet';
import { serializeFrame } from '../engine/wire/frame';

/** The run's first moment, as the files date it: 2024-01-01 00:00 UTC. A run has no date of its own. */
const EPOCH_SECONDS = 1_704_067_200;

export interface PredictedCapture {
  readonly host: string;
  readonly dev: string;
  readonly name: string; // of the file
  readonly bytes: Uint8Array;
  readonly packets: number;
}

export function predictedCaptures(trace: Trace): readonly PredictedCapture[] {
  const seen = framesByDevice(trace);
  return trace.initial.topology.hosts.flatMap((host) =>
    host.devices.flatMap(({ name: dev }) => {
      const frames = seen.get(`${host.name} ${dev}`);
      if (frames === undefined) return [];
      const raw = hasNoLinkLayer(host, dev);
      const packets = frames.map(({ atUs, frame }): PacketToWrite => {
        const whole = serializeFrame(frame);
        const bytes = raw ? whole.subarray(HEADER_LENGTH) : whole;
        const seconds = EPOCH_SECONDS + Math.floor(atUs / 1_000_000);
        return { seconds, nanoseconds: Math.floor(atUs % 1_000_000) * 1000, originalLength: bytes.length, bytes };
      });
      const bytes = writePcap(packets, raw ? LINK_TYPE.raw : LINK_TYPE.ethernet);
      return [
        { host: host.name, dev, name: `${fileSafe(host.name)}-${fileSafe(dev)}.cap`, bytes, packets: packets.length },
      ];
    }),
  );
}

/** An IP-in-IP tunnel end carries bare IP packets. */
const hasNoLinkLayer = (host: Host, dev: string): boolean => deviceNamed(host, dev)?.link.kind === 'ipip';

const fileSafe = (name: string): string => name.replace(/[^\w.@+-]/g, '_');
