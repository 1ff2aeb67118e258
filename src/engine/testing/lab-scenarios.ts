/** The lab's scenarios: transcripts before the capture, and what the cluster really was. Absent elsewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const ROOT = join(PROJECT, '..', 'shared', 'captures');

/** What `ip -j addr` and `ip -j route` printed, as far as it is compared. */
export interface JsonState {
  readonly 'ip -j addr'?: readonly {
    readonly ifindex: number;
    readonly ifname: string;
    readonly flags: readonly string[];
    readonly mtu: number;
    readonly master?: string;
    readonly address?: string;
    readonly addr_info: readonly { readonly local: string; readonly prefixlen: number }[];
  }[];
  readonly 'ip -j route'?: readonly {
    readonly dst: string;
    readonly gateway?: string;
    readonly dev?: string;
    readonly metric?: number;
    readonly type?: string;
    readonly prefsrc?: string;
    readonly flags: readonly string[];
  }[];
}

export interface ScenarioTruth {
  readonly faults: readonly { readonly host: string; readonly command: string }[];
  readonly commands: readonly { readonly in: string; readonly host?: string; readonly command: string }[];
  readonly capture_points: Readonly<Record<string, { readonly where: string; readonly interface: string }>>;
  readonly topology: {
    readonly lan_interface: string;
    readonly cluster_cidr: string;
    readonly gateway: { readonly ip: string; readonly mac: string };
    readonly lan2: { readonly gwmac: string } | null;
    readonly second_link: { readonly mac2: string; readonly macm: string } | null;
    readonly nodes: Readonly<
      Record<string, { readonly host: string; readonly mac: string; readonly cidr: string; readonly ip: string }>
    >;
    readonly pods: Readonly<
      Record<
        string,
        {
          readonly node: string;
          readonly ip: string;
          readonly mac: string;
          readonly ifindex: number;
          readonly veth: string;
          readonly vmac: string;
          readonly vindex: number;
        }
      >
    >;
  };
}

export interface LabScenario {
  readonly name: string;
  /** One transcript per host; the switch's own is left out, as a real switch prints none. */
  readonly texts: readonly string[];
  readonly truth: ScenarioTruth;
  readonly state: Readonly<Record<string, JsonState>>; // by role: node1, pod1, gw …
}

export const labScenarios: readonly LabScenario[] = (existsSync(ROOT) ? readdirSync(ROOT).sort() : []).flatMap(
  (name) => {
    const folder = join(ROOT, name);
    if (!existsSync(join(folder, 'scenario.json'))) return [];
    const before = join(folder, 'state', 'before');
    const files = readdirSync(before).filter((file) => file.endsWith('.txt') && file !== 'lan.txt');
    return [
      {
        name,
        texts: files.sort().map((file) => readFileSync(join(before, file), 'utf8')),
        truth: JSON.parse(readFileSync(join(folder, 'scenario.json'), 'utf8')) as ScenarioTruth,
        state: JSON.parse(readFileSync(join(folder, 'state', 'before.json'), 'utf8')) as Record<string, JsonState>,
      },
    ];
  },
);

/** Other texts beside the project, or null. */
export function sharedText(name: string): string | null {
  const path = join(ROOT, '..', name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
