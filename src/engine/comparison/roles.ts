/**
 * Which capture point each file belongs to. Its packets tell: whose MAC is in every frame, who waits longest for an
 * answer, who hears his own broadcast. The file's name is asked last, and the user's choice overrules all.
 */
import { LINK_TYPE } from '../capture/link-types';
import { deviceKey } from '../sim/trace';
import type { CapturePoint, Topology } from '../topology/topology';
import { nameScore } from './file-names';
import { distancesFrom, type Placed, stackMac } from './layer2';
import { placesFor } from './places';
import { assignDevices, type Group, type Loose, type Placing } from './role-assignment';
import { factsOf, isTwin } from './role-facts';
import { writtenIn } from './role-written';
import type { FileRole, RoleEvidence, SessionCapture } from './session';

/** The roles of all files, in their own order. */
export function rolesOf(topology: Topology, captures: readonly SessionCapture[]): readonly FileRole[] {
  if (captures.length === 0) return [];
  const places = placesFor(topology, captures);
  const found = new Map<SessionCapture, Placing>();
  const taken = new Map<string, SessionCapture>(); // by device
  const take = (file: SessionCapture, placing: Placing): void => {
    const key = keyOf(placing.device);
    found.set(file, placing);
    if (!taken.has(key)) taken.set(key, file);
  };
  for (const file of captures) {
    const chosen = places.find((place) => pointId(topology, place) === file.role);
    if (chosen !== undefined) take(file, { device: chosen, evidence: [{ kind: 'user' }] });
  }
  const { loose, twins } = toBePlaced(captures);
  for (const group of groupsOf(topology, places, loose)) {
    for (const [file, placing] of assignDevices(topology, places, group, taken)) take(file, placing);
  }
  for (const [file, twin] of twins) {
    const placing = found.get(twin);
    if (placing !== undefined) take(file, placing);
  }
  return captures.map((file) => roleOf(topology, file, found.get(file) ?? null, taken));
}

/** Files whose place is not chosen; a file that holds what another one does goes where that one goes. */
function toBePlaced(captures: readonly SessionCapture[]) {
  const loose: Loose[] = [];
  const twins = new Map<SessionCapture, SessionCapture>();
  for (const file of captures) {
    if (file.role !== null || file.capture.linkType !== LINK_TYPE.ethernet) continue;
    const facts = factsOf(file.capture);
    const twin = loose.find((other) => isTwin(other.file.capture, file.capture));
    if (twin === undefined) loose.push({ file, facts });
    else twins.set(file, twin.file);
  }
  return { loose, twins };
}

function roleOf(
  topology: Topology,
  file: SessionCapture,
  placing: Placing | null,
  taken: ReadonlyMap<string, SessionCapture>,
): FileRole {
  const base = { file: file.id, name: file.name };
  if (placing === null) return { ...base, point: null, evidence: [whyNowhere(file)] };
  const first = taken.get(keyOf(placing.device));
  const isSecond = first !== undefined && first !== file;
  const second: readonly RoleEvidence[] = isSecond ? [{ kind: 'second', than: first.name }] : [];
  const { device, evidence } = placing;
  const written = file.role === null ? writtenIn(topology, file, device, evidence) : [];
  return { ...base, point: pointId(topology, device), evidence: [...evidence, ...written, ...second] };
}

function whyNowhere({ role, capture }: SessionCapture): RoleEvidence {
  if (role !== null) return { kind: 'user' };
  const { linkType } = capture;
  return linkType === LINK_TYPE.ethernet ? { kind: 'none' } : { kind: 'link-type', linkType };
}

const keyOf = ({ host, dev }: Placed): string => deviceKey(host, dev);

/** The listed point of a device; any other device is an extra point named after it. */
export function pointId(topology: Topology, { host, dev }: Pick<CapturePoint, 'host' | 'dev'>): string {
  const listed = topology.capturePoints.find((point) => point.host === host && point.dev === dev);
  return listed?.id ?? `${host}-${dev}`;
}

// ---- files that could have been taken at the same devices

const CLEAREST_FIRST: readonly Group['kind'][] = ['unicast', 'broadcast', 'empty'];

function groupsOf(topology: Topology, places: readonly Placed[], loose: readonly Loose[]): readonly Group[] {
  const groups = new Map<string, Omit<Group, 'files'> & { readonly files: Loose[] }>();
  for (const one of loose) {
    const found = candidates(topology, places, one);
    const key = `${found.kind} ${found.devices.map(keyOf).join(' ')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { files: [one], ...found });
    else group.files.push(one);
  }
  return [...groups.values()].sort(
    (a, b) => CLEAREST_FIRST.indexOf(a.kind) - CLEAREST_FIRST.indexOf(b.kind) || a.devices.length - b.devices.length,
  );
}

/**
 * Every unicast frame that crosses a device is from or to the stack behind it. So the devices whose stack is in most of
 * the file's frames come into question; with broadcasts alone, all devices that hear the sender; with nothing, the name.
 */
function candidates(topology: Topology, places: readonly Placed[], { file, facts }: Loose): Omit<Group, 'files'> {
  const framesAt = (place: Placed): number => facts.macs.get(stackMac(topology, place)) ?? 0;
  const most = Math.max(0, ...places.map(framesAt));
  if (most > 0) return { kind: 'unicast', devices: places.filter((place) => framesAt(place) === most) };
  const senders = places.filter(({ device }) => facts.broadcasts.has(device.mac));
  const sender = senders[0];
  if (sender !== undefined) {
    const domain = distancesFrom(topology, places, sender);
    return { kind: 'broadcast', devices: places.filter((place) => domain.has(keyOf(place))) };
  }
  const isSilent = facts.unicast === 0 && facts.broadcasts.size === 0;
  return {
    kind: 'empty',
    devices: isSilent ? places.filter((place) => nameScore(topology, file.name, place) > 0) : [],
  };
}
