/** A trace as JSON: addresses as text, frames and data as hex, maps as objects. `hopscope simulate --help` documents it. */
import { formatIpv4, ipv4FromNumber } from '../engine/addr/ipv4';
import { formatPrefix, type Prefix } from '../engine/addr/prefix';
import { hex } from '../engine/base/bytes';
import type { Trace } from '../engine/sim/trace';
import { type Frame, serializeFrame } from '../engine/wire/frame';

export function traceJson(trace: Trace, seed: number): string {
  const { topology } = trace.initial;
  const steps = trace.steps.map(({ index, atUs, event }) => ({ index, atUs, ...event }));
  const whole = { format: 'hopscope-trace', version: 1, cluster: topology.name, seed, complete: trace.complete, steps };
  return `${JSON.stringify(whole, replacer, 1)}\n`;
}

/** Where events keep IPv4 addresses, which are numbers inside the engine. */
const ADDRESS_KEYS: ReadonlySet<string> = new Set([
  'ip', 'src', 'dst', 'via', 'prefSrc', 'target', 'sender', 'senderIp', 'targetIp', 'nextHop', 'gateway', 'local', 'remote', 'to',
]); // biome-ignore format: one line reads better

function replacer(this: unknown, key: string, value: unknown): unknown {
  if (typeof value === 'number' && ADDRESS_KEYS.has(key)) return formatIpv4(ipv4FromNumber(value));
  if (value instanceof Uint8Array) return hex(value);
  if (value instanceof Map) return Object.fromEntries(value);
  if (isPrefix(value)) return formatPrefix(value);
  if (isFrame(value)) return { dst: value.dst, src: value.src, bytes: hex(serializeFrame(value)) };
  return value;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isPrefix = (value: unknown): value is Prefix =>
  isObject(value) && Object.keys(value).length === 2 && 'base' in value && 'len' in value;

const isFrame = (value: unknown): value is Frame =>
  isObject(value) && 'body' in value && 'dst' in value && 'src' in value;
