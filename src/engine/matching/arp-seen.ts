/** ARP in the files: who claims which address, and which questions stay without an answer. */
import { ARP, STATUS } from './packet-status';
import { dstMacOf, has, type PacketTable, srcMacOf } from './packet-table';

export interface Question {
  readonly asker: number; // MAC
  readonly askerIp: number;
  readonly target: number; // IP
  readonly byFile: ReadonlyMap<number, readonly number[]>; // rows of the broadcasts, hairpin echoes left out
  readonly unicast: ReadonlyMap<number, readonly number[]>; // rows of the probes to a known MAC
  readonly answered: boolean; // by somebody, in some file
  readonly unanswered: number; // broadcasts after the last answer, in the file that holds most of them
}

export interface ArpSeen {
  readonly questions: readonly Question[];
  /** By MAC, the addresses it says it has; the order of saying. */
  readonly claims: ReadonlyMap<number, ReadonlySet<number>>;
  /** By address, the MACs that answer for it, with a row of each. */
  readonly owners: ReadonlyMap<number, ReadonlyMap<number, { readonly file: number; readonly row: number }>>;
  /** Rows of broadcasts that came back at once, by file. */
  readonly echoes: readonly (readonly number[])[];
}

interface Open {
  asker: number;
  askerIp: number;
  target: number;
  byFile: Map<number, number[]>;
  unicast: Map<number, number[]>;
  answers: Map<number, number>; // file -> row of the last answer
}

const ECHO_NS = 10_000_000;
const KINDS_MAX = 10_000; // of different questions: a scan of a network is no diagnosis

export function arpSeen(files: readonly PacketTable[]): ArpSeen {
  const open = new Map<string, Open>();
  const claims = new Map<number, Set<number>>();
  const owners = new Map<number, Map<number, { file: number; row: number }>>();
  const echoes: number[][] = files.map(() => []);
  for (const [file, t] of files.entries()) {
    for (let row = 0; row < t.rows; row += 1) {
      if (!has(t, row, ARP)) continue;
      const [mac, sender, target] = [srcMacOf(t, row), t.srcIp[row] ?? 0, t.dstIp[row] ?? 0];
      if (sender !== 0) claims.set(mac, (claims.get(mac) ?? new Set()).add(sender));
      if (has(t, row, STATUS.arpReply)) {
        const of = owners.get(sender) ?? new Map<number, { file: number; row: number }>();
        owners.set(sender, of);
        if (!of.has(mac)) of.set(mac, { file, row });
        const asked = open.get(`${dstMacOf(t, row)} ${sender}`);
        if (asked !== undefined) asked.answers.set(file, row);
        continue;
      }
      if (sender === target) continue; // gratuitous: it tells, it does not ask
      const key = `${mac} ${target}`;
      let question = open.get(key);
      if (question === undefined) {
        if (open.size >= KINDS_MAX) continue;
        question = { asker: mac, askerIp: sender, target, byFile: new Map(), unicast: new Map(), answers: new Map() };
        open.set(key, question);
      }
      const rows = has(t, row, STATUS.toMany) ? question.byFile : question.unicast;
      const before = rows.get(file)?.at(-1);
      if (before !== undefined && rows === question.byFile && (t.atNs[row] ?? 0) - (t.atNs[before] ?? 0) < ECHO_NS)
        echoes[file]?.push(row);
      else rows.set(file, [...(rows.get(file) ?? []), row].slice(-1000));
    }
  }
  const questions = [...open.values()].map(({ answers, ...one }): Question => {
    const since = [...one.byFile].map(([file, rows]) => rows.filter((row) => row > (answers.get(file) ?? -1)).length);
    const isAnswered = answers.size > 0;
    // A file that holds no answer though another does was taken where the answer does not pass.
    const unanswered = isAnswered
      ? Math.max(0, ...[...answers].map(([file, at]) => (one.byFile.get(file) ?? []).filter((row) => row > at).length))
      : Math.max(0, ...since);
    return { ...one, answered: isAnswered, unanswered };
  });
  return { questions, claims, owners, echoes };
}
