/**
 * `iptables-save`, also with -c, and `iptables -S`. Source: iptables iptables/iptables-save.c.
 *
 *   *filter
 *   :FORWARD DROP [0:0]
 *   [0:0] -A FORWARD -s 10.244.0.0/16 -j ACCEPT
 *   COMMIT
 */
import { readRule } from '../../net/iptables-text';
import { type Chain, isTable } from '../../net/netfilter';
import { splitWords } from '../../net/words';
import { type Importer, Notes, wordAfter } from '../importer';

const LINE =
  /^\s*(?:\*[a-z]+\s*$|:\S+ (?:ACCEPT|DROP|-)(?: \[\d+:\d+\])?\s*$|(?:\[\d+:\d+\] )?-[APN] \S+|COMMIT\s*$|# (?:Generated|Completed|Warning))/;

export const iptablesSave: Importer = {
  name: 'iptables-save',
  tool: 'iptables-save(8) and iptables -S',
  prints: (command) => {
    const name = (command[0] ?? '').split('/').at(-1) ?? '';
    if (/^iptables(?:-legacy|-nft)?-save$/.test(name)) return true;
    return /^iptables(?:-legacy|-nft)?$/.test(name) && command.some((word) => word === '-S' || word === '--list-rules');
  },
  starts: (line) => LINE.test(line),
  read: (lines, command) => {
    const notes = new Notes();
    const asked = wordAfter(command, '-t') ?? 'filter';
    let table: Table | null = null;
    const close = () => {
      if (isTable(table?.name)) notes.add(table.at, { kind: 'netfilter', table: table.name, chains: table.finished() });
      table = null;
    };
    for (const [at, line] of lines.entries()) {
      const text = line.trim();
      if (text === '' || text.startsWith('#')) continue;
      if (text === 'COMMIT') {
        close();
        continue;
      }
      if (/^\*[a-z]+$/.test(text)) {
        close();
        table = new Table(text.slice(1), at);
        continue;
      }
      if (!LINE.test(line)) {
        notes.skip(at);
        continue;
      }
      const open: Table = table ?? new Table(asked, at);
      table = open;
      if (!isTable(open.name)) {
        if (/^(?:\[|-A)/.test(text)) notes.skip(at, 'not-modelled');
      } else if (!open.take(splitWords(text.replace(/^\[\d+:\d+\]\s/, '')))) notes.skip(at, 'not-modelled');
    }
    close();
    return notes;
  },
};

/** A table while its lines are read. */
class Table {
  private readonly chains = new Map<string, { policy: Chain['policy']; rules: Chain['rules'][number][] }>();

  constructor(
    readonly name: string,
    readonly at: number,
  ) {}

  /** False for a rule that says what this model cannot. */
  take([first = '', ...rest]: readonly string[]): boolean {
    const [chain = '', ...words] = rest;
    if (first.startsWith(':')) {
      this.chain(first.slice(1)).policy = policyOf(rest[0]);
      return true;
    }
    if (first === '-P') {
      this.chain(chain).policy = policyOf(words[0]);
      return true;
    }
    if (first === '-N') {
      this.chain(chain);
      return true;
    }
    const read = readRule(words, chain);
    if (read.ok) this.chain(chain).rules.push(read.value.rule);
    return read.ok;
  }

  finished(): ReadonlyMap<string, Chain> {
    return this.chains;
  }

  private chain(name: string) {
    const known = this.chains.get(name);
    if (known !== undefined) return known;
    const made = { policy: BUILT_IN.test(name) ? ('accept' as const) : null, rules: [] };
    this.chains.set(name, made);
    return this.chains.get(name) ?? made;
  }
}

const BUILT_IN = /^(?:INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)$/;
const policyOf = (word: string | undefined): Chain['policy'] =>
  word === 'ACCEPT' ? 'accept' : word === 'DROP' ? 'drop' : null;
