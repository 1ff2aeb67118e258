/** One predicted frame against one captured one, field by field, and what looks like a difference and is none. */
import { LINK_TYPE } from '../capture/link-types';
import { decodeFrame, fieldsOf } from '../wire/decode';
import type { DecodedFrame } from '../wire/layers';
import type { Field, FieldName, IssueRule } from '../wire/types';
import type { Artefact, CapturedFrame, ComparedField, FieldVerdict } from './comparison';
import type { FieldSet } from './drawn';
import { type FieldPair, pairFields } from './header-diff';

/** A field before it is known how it looked at the capture point before. */
export type JudgedField = Omit<ComparedField, 'sinceLastPoint'>;

export interface Judged {
  readonly fields: readonly JudgedField[];
  readonly artefacts: readonly Artefact[];
  readonly agrees: boolean;
}

/** `chance`: fields of this packet that nobody can predict. `sameStream`: TCP numbers agree, counted from each side's first. */
export function judgePair(
  predicted: Uint8Array,
  captured: CapturedFrame,
  chance: FieldSet,
  sameStream: boolean,
): Judged {
  const ours = decode(predicted, predicted.length);
  const theirs = decode(captured.bytes, captured.originalLength);
  const broken = new Set(theirs.issues.map((issue) => issue.rule));
  const fields = pairFields(comparable(ours), comparable(theirs)).map((pair): JudgedField => {
    const verdict = verdictOn(pair, { chance, broken, sameStream, theirs });
    return { name: pair.name, predicted: pair.before?.text ?? null, captured: pair.after?.text ?? null, verdict };
  });
  const artefacts: Artefact[] = [];
  if (broken.has('checksum-offloaded')) artefacts.push('checksum-offloaded');
  if (isPadded(theirs)) artefacts.push('padding');
  return { fields, artefacts, agrees: fields.every((field) => isNoDifference(field, theirs)) };
}

/** A frame that only one side has. */
export function judgeAlone(
  bytes: Uint8Array,
  originalLength: number,
  side: 'predicted' | 'captured',
): readonly JudgedField[] {
  return comparable(decode(bytes, originalLength)).map(({ name, text }) => ({
    name,
    predicted: side === 'predicted' ? text : null,
    captured: side === 'captured' ? text : null,
    verdict: 'one-sided',
  }));
}

/** True where a frame of this length and its network card's help may hide more than equal bytes show. */
export const hasOffloadedChecksum = (bytes: Uint8Array): boolean =>
  decode(bytes, bytes.length).issues.some((issue) => issue.rule === 'checksum-offloaded');

const decode = (bytes: Uint8Array, originalLength: number): DecodedFrame =>
  decodeFrame(bytes, { linkType: LINK_TYPE.ethernet, originalLength });

/** All fields but padding, which network cards add to short frames and no host ever looks at. */
const comparable = (frame: DecodedFrame): readonly Field[] =>
  fieldsOf({ ...frame, layers: frame.layers.filter((layer) => layer.kind !== 'payload' || layer.role !== 'padding') });

const isPadded = (frame: DecodedFrame): boolean =>
  frame.layers.some((layer) => layer.kind === 'payload' && layer.role === 'padding');

interface Sight {
  readonly chance: FieldSet;
  readonly broken: ReadonlySet<IssueRule>;
  readonly sameStream: boolean;
  readonly theirs: DecodedFrame;
}

function verdictOn({ name, before, after }: FieldPair, sight: Sight): FieldVerdict {
  if (before === null || after === null) return 'one-sided';
  if (before.text === after.text) return 'agrees';
  if (isCut(name, after, sight.theirs) && before.text.startsWith(after.text)) return 'agrees';
  if (sight.chance.has(name)) return isBroken(name, sight.broken) ? 'differs' : 'drawn';
  if (name.startsWith('tcp.')) return tcpVerdict(name, before, after, sight);
  if (name === 'udp.checksum' && sight.broken.has('checksum-offloaded')) return 'drawn';
  return 'differs';
}

/** Only the part of the data that the capture kept can be compared. */
const isCut = (name: FieldName, field: Field, frame: DecodedFrame): boolean =>
  frame.truncated && name.endsWith('data') && field.at + field.length === frame.bytes.length;

const isNoDifference = ({ verdict, captured }: JudgedField, theirs: DecodedFrame): boolean =>
  verdict === 'agrees' || verdict === 'drawn' || (verdict === 'one-sided' && captured === null && theirs.truncated);

const CHECKSUM_RULE: Readonly<Partial<Record<FieldName, IssueRule>>> = {
  'ip.checksum': 'ipv4-checksum',
  'icmp.checksum': 'icmp-checksum',
  'udp.checksum': 'udp-checksum',
  'tcp.checksum': 'tcp-checksum',
};

function isBroken(name: FieldName, broken: ReadonlySet<IssueRule>): boolean {
  const rule = CHECKSUM_RULE[name];
  return rule !== undefined && broken.has(rule);
}

/** Both sides of a connection draw their first numbers and their time stamps; everything that follows them is chance too. */
function tcpVerdict(name: FieldName, before: Field, after: Field, { sameStream, broken }: Sight): FieldVerdict {
  if (!sameStream) return 'differs';
  if (name === 'tcp.seq' || name === 'tcp.ack') return 'drawn';
  if (name === 'tcp.checksum') return broken.has('tcp-checksum') ? 'differs' : 'drawn';
  const isOptions = name === 'tcp.options' && withoutNumbers(before.text) === withoutNumbers(after.text);
  return isOptions ? 'drawn' : 'differs';
}

/** Which options stand there, in which order; their time stamps left out. */
const withoutNumbers = (options: string): string => options.replace(/TS val \d+ ecr \d+/, 'TS');
