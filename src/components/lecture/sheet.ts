/**
 * The evidence of a step as one plain table, for large type: what was read, the row that counts, nothing else. The
 * decisions are the engine's; here they only become rows of text.
 */
import { formatIpv4, type Ipv4 } from '../../engine/addr/ipv4';
import { isMulticast } from '../../engine/addr/mac';
import { formatPrefix } from '../../engine/addr/prefix';
import { diffFields, type FrameMoment, framesAround } from '../../engine/comparison/header-diff';
import { explain } from '../../engine/net/fib';
import { macOf } from '../../engine/net/neighbour';
import type { Route } from '../../engine/net/route';
import type { Event, EventOf } from '../../engine/sim/event';
import type { Step, Trace } from '../../engine/sim/trace';
import { fdbIn, hostIn, neighbourKey, segmentFdb, type World } from '../../engine/sim/world';
import { deviceNamed } from '../../engine/topology/topology';
import type { Catalogue } from '../../i18n';
import { macOwner, placeName } from '../../i18n/sentence-values';

export type Tone = 'plain' | 'won' | 'changed' | 'quiet';

export interface SheetRow {
  readonly key: string;
  readonly cells: readonly string[];
  readonly tone: Tone;
  readonly keep: boolean; // shown even where there is little room
}

export interface Sheet {
  readonly caption: string;
  readonly head: readonly string[]; // none: the rows speak for themselves
  readonly rows: readonly SheetRow[];
  readonly wraps: boolean; // a row may take two lines
  readonly code: boolean; // output of a terminal
}

const sheet = (
  caption: string,
  head: readonly string[],
  rows: readonly SheetRow[],
  more: Partial<Sheet> = {},
): Sheet => ({
  caption,
  head,
  rows,
  wraps: false,
  code: false,
  ...more,
});

export function sheetAt(trace: Trace, index: number, text: Catalogue): Sheet | null {
  const step = trace.steps[index];
  if (step === undefined) return null;
  const before = trace.steps[index - 1]?.after ?? trace.initial;
  const { event, after } = step;
  switch (event.kind) {
    case 'route-looked-up':
      return event.table === 'local' && event.route !== null
        ? localSheet(event.host, event.route, text)
        : routeSheet(after, event.host, event.dst, text);
    case 'source-checked':
      return routeSheet(after, event.host, event.src, text);
    case 'neighbour-looked-up':
    case 'neighbour-changed':
      return neighbourSheet(after, before, event.host, { dev: event.dev, ip: event.ip }, text);
    case 'mac-learned':
    case 'bridged':
      return fdbSheet(after, event, text);
    case 'hook-passed':
      return ruleSheet(event, text);
    case 'forwarding-checked':
      return forwardingSheet(event.dev, event.on, text);
    case 'mtu-checked':
      return mtuSheet(event, text);
    case 'command-started':
    case 'printed':
    case 'command-ended':
    case 'configured':
      return terminalSheet(trace, step, text);
    case 'dropped':
      return dropSheet(trace, step, before, event, text) ?? frameSheet(trace, index, text);
    default:
      return frameSheet(trace, index, text);
  }
}

function dropSheet(
  trace: Trace,
  { after }: Step,
  before: World,
  event: EventOf<'dropped'>,
  text: Catalogue,
): Sheet | null {
  const { host, reason, packet } = event;
  switch (reason.kind) {
    case 'no-route':
    case 'blackhole-route':
    case 'prohibit-route':
    case 'unreachable-route':
      return routeSheet(after, host, reason.dst, text);
    case 'source-not-reachable':
      return routeSheet(after, host, reason.src, text);
    case 'neighbour-failed':
      return neighbourSheet(after, before, host, { dev: reason.dev, ip: reason.nextHop }, text);
    case 'forwarding-off':
      return forwardingSheet(reason.dev, false, text);
    case 'rule':
    case 'policy': {
      const hook = trace.steps.findLast(
        (one): one is Step & { event: EventOf<'hook-passed'> } =>
          one.event.kind === 'hook-passed' && one.event.host === host && one.event.packet === packet,
      );
      return hook === undefined ? null : ruleSheet(hook.event, text);
    }
    default:
      return null;
  }
}

// ---- route table

/** `asked` null: the table alone, before anything is looked up in it. */
export function routeSheet(world: World, host: string, asked: Ipv4 | null, { panel: { fib } }: Catalogue): Sheet {
  const { routes } = hostIn(world, host).host;
  const cells = ({ dst, via, dev }: Route): readonly string[] => [
    formatPrefix(dst),
    via === null ? fib.onLink : formatIpv4(via),
    dev ?? '–',
  ];
  const head = [fib.destination, fib.via, fib.dev];
  if (asked === null) {
    const rows = routes.map((route, i): SheetRow => ({ key: `${i}`, cells: cells(route), tone: 'plain', keep: true }));
    return sheet(fib.caption(host), head, rows);
  }
  const rows = explain(routes, asked).map(({ route, masked, verdict }, i): SheetRow => {
    const matches = verdict !== 'no-match';
    return {
      key: `${i}`,
      cells: [...cells(route), formatIpv4(masked), fib.verdicts[verdict]],
      tone: verdict === 'chosen' ? 'won' : matches ? 'plain' : 'quiet',
      keep: matches,
    };
  });
  return sheet(fib.caption(host), [...head, fib.masked, fib.verdict], rows);
}

function localSheet(host: string, { dst, dev }: Route, { panel: { fib } }: Catalogue): Sheet {
  const cells = [`local ${formatIpv4(dst.base)}`, dev ?? '–', fib.verdicts.chosen];
  return sheet(
    fib.caption(host),
    [fib.destination, fib.dev, fib.verdict],
    [{ key: '0', cells, tone: 'won', keep: true }],
  );
}

// ---- layer 2

interface Read {
  readonly dev: string;
  readonly ip: Ipv4;
}

export function neighbourSheet(
  world: World,
  before: World,
  host: string,
  read: Read | null,
  { panel: { neighbours: t } }: Catalogue,
): Sheet {
  const now = hostIn(world, host).neighbours;
  const was = hostIn(before, host).neighbours;
  const readKey = read === null ? null : neighbourKey(read.dev, read.ip);
  const rows = [...now].map(([key, { ip, dev, entry }]): SheetRow => {
    const changed = was.get(key)?.entry !== entry;
    const state = entry.state.toUpperCase();
    return {
      key,
      cells: [formatIpv4(ip), dev, macOf(entry) ?? '–', changed ? `≠ ${state}` : state],
      tone: changed ? 'changed' : key === readKey ? 'won' : 'plain',
      keep: changed || key === readKey,
    };
  });
  const absent: readonly SheetRow[] =
    read === null || readKey === null || now.has(readKey)
      ? []
      : [{ key: readKey, cells: [formatIpv4(read.ip), read.dev, '–', t.absent], tone: 'won', keep: true }];
  const empty: readonly SheetRow[] =
    rows.length + absent.length > 0
      ? []
      : [{ key: 'empty', cells: ['–', '–', '–', t.absent], tone: 'quiet', keep: true }];
  return sheet(t.caption(host), [t.address, t.dev, t.mac, t.state], [...rows, ...absent, ...empty]);
}

function fdbSheet(world: World, event: EventOf<'bridged'> | EventOf<'mac-learned'>, text: Catalogue): Sheet {
  const { fdb: t } = text.panel;
  const { host, bridge, mac } = event;
  const table = bridge === null ? segmentFdb(world, host) : fdbIn(hostIn(world, host), bridge);
  const own = bridge === null ? null : (deviceNamed(hostIn(world, host).host, bridge)?.mac ?? null);
  const entries = [...(own === null || bridge === null ? [] : [[own, bridge] as const]), ...table];
  const tone = event.kind === 'mac-learned' ? 'changed' : 'won';
  const rows = entries.map(([address, port]): SheetRow => {
    const isIt = address === mac;
    const mark = isIt && event.kind === 'mac-learned' ? '≠ ' : '';
    return {
      key: address,
      cells: [address, `${mark}${port}`, address === own ? t.own : (macOwner(world.topology, address) ?? '–')],
      tone: isIt ? tone : 'plain',
      keep: isIt,
    };
  });
  const isForAll = isMulticast(mac);
  const flooded = event.kind === 'bridged' && event.known === null && (isForAll || !event.toStack);
  const missing: readonly SheetRow[] =
    flooded && !entries.some(([address]) => address === mac)
      ? [{ key: mac, cells: [mac, '–', isForAll ? t.everyone : t.missing], tone: 'won', keep: true }]
      : [];
  const name = bridge ?? placeName(text, world.topology, host);
  return sheet(t.caption(name), [t.mac, t.port, t.owner], [...missing, ...rows]);
}

// ---- checks

function ruleSheet({ hook, seen }: EventOf<'hook-passed'>, { panel: { rules: t } }: Catalogue): Sheet {
  const rows = seen.map(
    ({ chain, text, matched }, i): SheetRow => ({
      key: `${i}`,
      cells: [chain, text, matched ? t.yes : t.no],
      tone: matched ? 'won' : 'quiet',
      keep: matched,
    }),
  );
  return sheet(t.caption(hook), [t.chain, t.rule, t.matched], rows, { wraps: true });
}

function forwardingSheet(dev: string, on: boolean, { panel: { numbers: t } }: Catalogue): Sheet {
  const cells = [`net.ipv4.conf.${dev}.forwarding`, on ? '1' : '0'];
  return sheet(t.forwarding, [], [{ key: dev, cells, tone: 'won', keep: true }]);
}

function mtuSheet(
  { dev, packetBytes, mtuBytes, df }: EventOf<'mtu-checked'>,
  { panel: { numbers: t } }: Catalogue,
): Sheet {
  const fits = packetBytes <= mtuBytes;
  return sheet(
    t.mtuCaption,
    [],
    [
      {
        key: 'packet',
        cells: [t.packet, t.bytes(String(packetBytes)), fits ? t.fits : t.tooBig],
        tone: 'won',
        keep: true,
      },
      {
        key: 'mtu',
        cells: [t.mtu(dev), t.bytes(String(mtuBytes)), `${t.df} ${df ? t.set : t.clear}`],
        tone: 'plain',
        keep: true,
      },
    ],
  );
}

/** The last lines, of which the newest counts. */
function terminalSheet(trace: Trace, { index, event: now }: Step, text: Catalogue): Sheet {
  const lines = trace.steps.slice(0, index + 1).flatMap(({ index: at, event }): readonly SheetRow[] => {
    const said = event.host === now.host ? terminalText(event) : null;
    if (said === null) return [];
    return [{ key: `${at}`, cells: [said], tone: at === index ? 'won' : 'plain', keep: at === index }];
  });
  return sheet(text.panel.terminal(now.host), [], lines, { wraps: true, code: true });
}

function terminalText(event: Event): string | null {
  switch (event.kind) {
    case 'command-started':
      return `${event.host}# ${event.command}`;
    case 'configured':
      return event.refused === null ? `${event.host}# ${event.command}` : event.refused;
    case 'printed':
      return event.text === '' ? null : event.text;
    default:
      return null;
  }
}

// ---- the frame

const SHOWN: readonly string[] = [
  'eth.dst',
  'eth.src',
  'ip.src',
  'ip.dst',
  'ip.ttl',
  'ip.checksum',
  'arp.opcode',
  'arp.src.proto_ipv4',
  'arp.src.hw_mac',
  'arp.dst.proto_ipv4',
  'arp.dst.hw_mac',
];

/** `half`: only what came in, so that what goes out stays a question. */
export function frameSheet(trace: Trace, index: number, text: Catalogue, half = false): Sheet | null {
  const around = framesAround(trace, index);
  if (around === null) return null;
  const { before, after } = half ? { before: around.before ?? around.after, after: null } : around;
  const { frame: t } = text.panel;
  const sides = [before, after].filter((side) => side !== null);
  const head = [t.field, ...sides.map((side) => momentText(side, t))];
  const rows = diffFields(before?.bytes ?? null, after?.bytes ?? null)
    .filter(({ name }) => SHOWN.includes(name))
    .map(({ name, before: was, after: is, changed }): SheetRow => {
      const values = [
        ...(before === null ? [] : [was?.text ?? '–']),
        ...(after === null ? [] : [`${changed ? '≠ ' : ''}${is?.text ?? '–'}`]),
      ];
      return {
        key: name,
        cells: [text.fields.name(name), ...values],
        tone: changed ? 'changed' : 'plain',
        keep: changed,
      };
    });
  const [first, last] = [sides[0], sides.at(-1)];
  if (first === undefined || last === undefined) return null;
  const place = (side: FrameMoment): string => `${side.host} ${side.dev}`;
  const caption = first === last ? t.only(place(first)) : t.between(place(first), place(last));
  return sheet(caption, head, distinct(rows));
}

const momentText = ({ direction, dev }: FrameMoment, t: Catalogue['panel']['frame']): string =>
  t.moment[direction](dev);

/** Of a tunnel packet the outer headers. */
const distinct = (rows: readonly SheetRow[]): readonly SheetRow[] =>
  [...new Map([...rows].reverse().map((row) => [row.key, row])).values()].reverse();
