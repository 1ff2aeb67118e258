import { listed } from '../english-list';

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** The hop matrix: one packet, capture points as columns, header fields as rows, prediction against capture. */
export const matrix = {
  title: 'Hop matrix',
  caption: (packet: string): string => `${packet}: header fields at each capture point, prediction against capture`,
  choose: 'Packet',
  empty: 'No frame crosses a capture point in this run.',
  field: 'field',
  pair: { 'ip.src': 'IP src → dst' } as Readonly<Record<string, string>>,
  moreFields: (n: number): string => `All fields (+${n})`,
  fewerFields: 'Main fields',
  direction: (reversed: boolean): string => (reversed ? '← travels right to left' : '→ travels left to right'),
  goTo: (column: string): string => `Go to the step seen at ${column}`,
  packetNumber: (file: string, numbers: readonly number[]): string =>
    `${file} ${numbers.map((n) => `#${n}`).join(' ')}`,
  inFile: (file: string, what: string): string => `${file}: ${what}`,
  noFile: 'no file',
  notCaptured: 'not captured',
  ended: 'ended before',
  notPredicted: 'nobody predicted it',
  doesNotPass: 'does not pass here',
  sides: { predicted: 'model', captured: 'file' }, // in front of the two values of a cell that differs
  none: 'none',
  since: { changed: 'changed since the point before', same: 'same as at the point before' },
  verdict: {
    agrees: 'capture agrees',
    differs: 'capture differs',
    drawn: 'drawn at random, not compared',
    'one-sided': 'only one of the two exists',
  },
  legend: [
    ['≠', 'changed here'],
    ['=', 'same'],
    ['✓', 'capture agrees'],
    ['✗', 'differs'],
    ['–', 'not compared'],
    ['~', 'random'],
  ] as readonly (readonly [string, string])[],
  verdictRow: 'verdict',
  allAgree: (n: number): string =>
    n === 1 ? 'The capture agrees with the prediction.' : `All ${n} captures agree with the prediction.`,
  someAgree: (points: readonly string[]): string => `${listed(points)} ${points.length === 1 ? 'agrees' : 'agree'}.`,
  differs: (points: readonly string[], field: string, predicted: string, captured: string): string =>
    `${listed(points)}: ${field} is ${captured}, the model says ${predicted}.`,
  moreDiffer: (n: number): string => `${plural(n, 'more field')} ${n === 1 ? 'differs' : 'differ'}.`,
  look: (n: number): string => `✗ ${plural(n, 'frame')} to look at`,
  absent: (points: readonly string[], files: readonly string[]): string =>
    `Predicted at ${listed(points)}, but ${listed(files)} ${files.length === 1 ? 'does' : 'do'} not hold it.`,
  unexpected: (points: readonly string[]): string => `Captured at ${listed(points)}, but nobody predicted it.`,
  unloaded: (points: readonly string[]): string =>
    points.length === 1
      ? `No file is open for ${listed(points)}: only the prediction is shown there.`
      : `No files are open for ${listed(points)}: only the prediction is shown there.`,
  sameFrame: (points: readonly string[], segment: boolean): string =>
    `${listed(points)} are the same frame seen ${points.length === 2 ? 'twice' : `${points.length} times`}: ${segment ? 'the switch' : 'the link between them'} changes nothing.`,
  drawn: (fields: readonly string[]): string => `Drawn at random, not compared: ${listed(fields)}.`,
  draws:
    'IP id, ICMP id and ping’s data are drawn at random by the sender. The model takes them from the capture, so a ✓ there says only that no hop changed them.',
  artefacts: {
    'hairpin-echo': (point: string): string =>
      `${point} holds this broadcast twice: the bridge port is in hairpin mode and hands the pod its own frame back. Not a retransmission.`,
    'checksum-offloaded': (point: string): string =>
      `${point}: the transport checksum is unfinished because the device computes it after the capture. Not an error.`,
    padding: (point: string): string =>
      `${point}: the device padded the frame to 60 bytes. The padding is not compared.`,
    'after-capture-end': (point: string): string =>
      `${point}: the capture was stopped before this late frame, so its absence says nothing.`,
  },
  totals: {
    agrees: (n: number): string => `${plural(n, 'frame')} ${n === 1 ? 'agrees' : 'agree'}`,
    differs: (n: number): string => `${n} ${n === 1 ? 'differs' : 'differ'}`,
    'not-predicted': (n: number): string => `${n} nobody predicted`,
    'not-captured': (n: number): string => `${n} nobody captured`,
  },
  findings: {
    differs: 'The capture differs from the prediction',
    'not-predicted': 'Nobody predicted these',
    'not-captured': 'Predicted, but no file holds them',
    none: 'Every frame of the open captures was predicted, and every prediction was captured.',
    noneLoaded: 'Every frame of the open captures was predicted.',
    unrelated: (n: number): string =>
      `${plural(n, 'captured frame')} of other traffic on the same devices: ${n === 1 ? 'it has' : 'they have'} nothing to do with this run and ${n === 1 ? 'is' : 'are'} not compared.`,
    more: (n: number): string => `and ${n} more; the ladder lists every frame`,
    unloaded: (points: readonly string[], frames: number): string =>
      `No file for ${listed(points)}: ${plural(frames, 'prediction')} there cannot be checked.`,
  },
};
