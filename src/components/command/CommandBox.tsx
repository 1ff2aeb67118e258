import { useId, useMemo, useRef, useState } from 'react';
import { formatIpv4 } from '../../engine/addr/ipv4';
import { toldHosts } from '../../engine/topology/host-index';
import { addressOf } from '../../engine/topology/places';
import { type Host, type HostRole, hostNamed, type Topology } from '../../engine/topology/topology';
import { typeLine } from '../../store/actions';
import type { LineError } from '../../store/offers';
import { selectCluster, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { later } from '../shared/later';
import { Popover } from '../shared/Popover';
import styles from './CommandBox.module.css';

const Examples = later(async () => (await import('./Examples')).Examples);

const ROLES: readonly HostRole[] = ['pod', 'node', 'router', 'machine'];

const HOSTS_MAX = 200; // in one list; the dialog with all nodes finds the others

interface Draft {
  readonly of: string; // the command it was begun on; another one replaces it
  readonly host: string;
  readonly text: string;
  readonly error: LineError | null;
}

/** A prompt at any host: what is typed runs, or changes the cluster. */
export function CommandBox() {
  const { commands } = useApp(selectText);
  const cluster = useApp(selectCluster);
  const command = useApp((s) => s.command);
  const typedBefore = useApp((s) => s.typedBefore);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [back, setBack] = useState(0); // how far in the history; 0: not in it
  const errorId = useId();
  const input = useRef<HTMLInputElement>(null);

  const { host, text, error } = draft?.of === command ? draft : { ...parted(command), error: null };
  const offered = useMemo(() => offeredHosts(cluster, host), [cluster, host]);
  const edit = (change: Partial<Draft>) => setDraft({ of: command, host, text, error: null, ...change });
  const submit = (line: string) => {
    setBack(0);
    const { host: at, text: typed } = parted(line);
    const wrong = typeLine(line);
    // A configuration command has done its work and leaves the box; the command that runs comes back to it.
    setDraft(wrong === null ? null : { of: command, host: at, text: typed, error: wrong });
  };
  const recall = (by: 1 | -1) => {
    const at = back + by;
    const line = typedBefore.at(-at);
    if (at < 0 || (at > 0 && line === undefined)) return;
    setBack(at);
    edit(at === 0 || line === undefined ? parted(command) : parted(line));
  };

  return (
    <form
      className={styles.box}
      aria-label={commands.label}
      onSubmit={(event) => {
        event.preventDefault();
        submit(text.trim() === '' ? '' : `${host}: ${text.trim()}`);
      }}
    >
      <select
        className={styles.host}
        aria-label={commands.host}
        value={host}
        onChange={(event) => {
          edit({ host: event.target.value });
          input.current?.focus();
        }}
      >
        {ROLES.map((role) => {
          const own = offered.filter((one) => one.role === role);
          return own.length === 0 ? null : (
            <optgroup key={role} label={commands.hostGroups[role]}>
              {own.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </optgroup>
          );
        })}
      </select>
      <span className={styles.prompt} aria-hidden="true">
        #
      </span>
      <input
        ref={input}
        className={styles.input}
        aria-label={commands.command}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        title={commands.hint}
        placeholder={commands.placeholder}
        value={text}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        enterKeyHint="go"
        onChange={(event) => edit({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          recall(event.key === 'ArrowUp' ? 1 : -1);
        }}
      />
      <button type="submit" className={styles.run}>
        {commands.run}
      </button>
      <Popover button={<>{commands.examples} ▾</>} label={commands.examplesLabel} className={styles.examples}>
        {(close) => (
          <Examples
            choose={(line) => {
              close();
              submit(line);
            }}
          />
        )}
      </Popover>
      {error !== null && (
        <p id={errorId} className={styles.error} role="alert">
          ✗ {commands.error(error, meantBy(error, cluster.hosts))}
        </p>
      )}
    </form>
  );
}

/** All hosts; of a large cluster those on the way that is looked at, with their nodes, and the one chosen. */
function offeredHosts(cluster: Topology, chosen: string): readonly Host[] {
  if (cluster.hosts.length <= HOSTS_MAX) return cluster.hosts;
  const onWay = [...cluster.capturePoints.map(({ host }) => host), chosen].flatMap(
    (name) => hostNamed(cluster, name) ?? [],
  );
  return [...new Set([...onWay, ...toldHosts(cluster.hosts).filter(({ role }) => role === 'router')])];
}

/** 'pod1: ping …' at its colon. */
function parted(line: string): { readonly host: string; readonly text: string } {
  const colon = line.indexOf(':');
  return { host: line.slice(0, Math.max(0, colon)).trim(), text: line.slice(colon + 1).trim() };
}

/** The address of a host whose name stands where an address belongs. */
function meantBy(error: LineError, hosts: readonly Host[]): string | null {
  const named = error.kind === 'bad-value' ? hosts.find(({ name }) => name === error.value) : undefined;
  const address = named === undefined ? null : addressOf(named);
  return address === null ? null : formatIpv4(address.ip);
}
