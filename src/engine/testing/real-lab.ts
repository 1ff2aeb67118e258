/**
 * Runs the lab's script for real, where this machine lets us make network namespaces, and sets its captures beside the
 * engine's prediction. Everything stays in namespaces that the script makes and removes.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LINK_TYPE } from '../capture/link-types';
import { openCapture } from '../capture/open';
import { predictedAt } from '../comparison/predicted';
import { labScript } from '../export/lab-script';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import type { Topology } from '../topology/topology';
import { differences, type FrameDifference, told } from './told-frame';

/** A script that hangs is ended after this; the longest here takes 20 s, and longer on a busy machine. */
const RUN_MS_MAX = 300_000;

/** Why the lab cannot be run here, or null. */
export function whyNoLab(): string | null {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (process.getuid?.() !== 0) return 'not root';
  const tools = ['ip', 'tcpdump', 'ping', 'traceroute', 'curl', 'nc', 'iptables', 'sysctl', 'ethtool', 'python3'];
  const missing = tools.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
  if (missing.length > 0) return `missing: ${missing.join(', ')}`;
  const probe = `hopscope-probe-${process.pid}`;
  const made = spawnSync('ip', ['netns', 'add', probe]).status === 0;
  if (made) spawnSync('ip', ['netns', 'del', probe]);
  return made ? null : 'ip netns add is not allowed';
}

export interface RealCase {
  readonly name: string;
  readonly topology: Topology;
  readonly commands: readonly string[];
}

export interface RoundTrip {
  readonly name: string;
  readonly frames: number; // of every capture, the larger of both sides
  readonly agreeing: number;
  readonly captures: number;
  readonly differences: readonly string[];
}

/** One cluster: script, run, captures read back, compared device by device. */
export async function roundTrip({ name, topology, commands }: RealCase): Promise<RoundTrip> {
  const script = labScript(topology, commands, { capture: 'all' });
  const trace = simulate(topology, { run: commands }, seeded(1));
  if (!script.ok || !trace.ok) throw new Error(`${name}: ${JSON.stringify(script.ok ? trace : script.error)}`);
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-lab-'));
  try {
    const printed = await run(script.value, folder);
    let frames = 0;
    let agreeing = 0;
    let captures = 0;
    const notes: string[] = [];
    for (const host of topology.hosts) {
      for (const { name: dev, link, up } of host.devices) {
        if (link.kind === 'loopback' || !up) continue;
        const path = join(folder, 'out', `${host.name}-${dev}.cap`);
        if (!existsSync(path)) throw new Error(`${name}: no capture of ${host.name} ${dev}\n${printed}`);
        const opened = openCapture(new Uint8Array(readFileSync(path)));
        if (!opened.ok) throw new Error(`${name}: ${path}: ${opened.error.kind}`);
        const real = opened.value.packets.map(({ bytes, originalLength, seconds, nanoseconds }) => ({
          told: told(bytes, opened.value.linkType, originalLength),
          atUs: seconds * 1e6 + nanoseconds / 1000,
        }));
        const predicted = predictedAt(trace.value, { host: host.name, dev }).map(({ bytes, atUs }) => ({
          told: told(bytes, LINK_TYPE.ethernet, bytes.length),
          atUs,
        }));
        const found = differences(real, predicted);
        captures += 1;
        frames += found.frames;
        agreeing += found.agreeing;
        notes.push(...found.differences.map((one) => spoken(`${host.name} ${dev}`, one)));
      }
    }
    return { name, frames, agreeing, captures, differences: notes };
  } finally {
    if (process.env.HOPSCOPE_KEEP_LAB === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

const spoken = (where: string, { side, at, told: frame, atUs }: FrameDifference): string =>
  `${where}: only ${side}, frame ${at + 1}, ${(atUs / 1e6).toFixed(3)} s: ${frame.replace(SAYS_NOTHING, '')}`;

/** Fields that differ only where others do. */
const SAYS_NOTHING =
  /(?:^| )>?(?:eth\.type|ip\.(?:version|hdr_len|proto|flags\.rb)|arp\.(?:hw|proto)\.(?:type|size)|icmp\.code=0)\S*(?: not set| set)?/g;

function run(script: string, folder: string): Promise<string> {
  const path = join(folder, 'lab.sh');
  writeFileSync(path, script);
  return new Promise((resolve, reject) => {
    const child = spawn('sh', [path, join(folder, 'out')], { stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += String(data)));
    const timer = setTimeout(() => child.kill('SIGTERM'), RUN_MS_MAX); // its trap removes what it has made
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(timer);
      if (status === 0) resolve(printed);
      else reject(new Error(`the lab ended with ${status}:\n${printed}`));
    });
  });
}
