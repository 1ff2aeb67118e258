import type { FieldChange, FrameMoment } from '../../engine/comparison/header-diff';
import type { FieldName } from '../../engine/wire/types';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { byFocus, byMouse } from '../shared/pointing';
import { keyed } from './keyed';
import styles from './StepPanel.module.css';

/** Fields shown before anybody asks for all of them; a field that changed is always shown. */
const MAIN: ReadonlySet<FieldName> = new Set<FieldName>([
  'eth.dst',
  'eth.src',
  'arp.opcode',
  'arp.src.hw_mac',
  'arp.src.proto_ipv4',
  'arp.dst.hw_mac',
  'arp.dst.proto_ipv4',
  'ip.src',
  'ip.dst',
  'ip.ttl',
  'ip.checksum',
  'icmp.type',
  'icmp.code',
  'icmp.seq',
  'icmp.mtu',
  'icmp.gateway',
  'udp.srcport',
  'udp.dstport',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.flags',
  'vxlan.vni',
  'quoted.ip.src',
  'quoted.ip.dst',
  'quoted.ip.ttl',
]);

interface Props {
  readonly title: string;
  readonly changes: readonly FieldChange[];
  readonly before: FrameMoment | null;
  readonly after: FrameMoment | null;
  readonly all: boolean;
}

/** Header fields as the frame came in and as it left; one column where there is only one of the two. */
export function HeaderDiff({ title, changes, before, after, all }: Props) {
  const { frame: t } = useApp(selectText).panel;
  const shown = changes.filter((change) => all || change.changed || MAIN.has(change.name));
  const both = before !== null && after !== null;
  return (
    <table className={`${styles.table} ${styles.diff} ${shown.some((change) => change.changed) ? '' : styles.calm}`}>
      <caption className={styles.caption}>{title}</caption>
      <thead className={both ? undefined : 'visually-hidden'}>
        <tr>
          <th scope="col">{t.field}</th>
          {before !== null && <th scope="col">{t.moment[before.direction](before.dev)}</th>}
          {after !== null && <th scope="col">{t.moment[after.direction](after.dev)}</th>}
        </tr>
      </thead>
      <tbody>
        {keyed(shown, (change) => change.name).map(({ key, item }) => (
          <DiffRow key={key} change={item} both={both} />
        ))}
      </tbody>
    </table>
  );
}

function DiffRow({ change, both }: { readonly change: FieldChange; readonly both: boolean }) {
  const text = useApp(selectText);
  const pointed = useApp((s) => s.fieldUnderPointer === change.name);
  const { frame: t } = text.panel;
  const { name, before, after, changed } = change;
  const address = name === 'ip.src' || name === 'ip.dst';
  return (
    <tr className={`${changed ? styles.changed : ''} ${pointed ? styles.pointed : ''}`} {...byMouse(name)}>
      <th scope="row" title={name}>
        <button type="button" className={styles.fieldName} {...byFocus(name)}>
          {text.fields.name(name)}
        </button>
      </th>
      {both && changed ? (
        <>
          <td className={styles.was}>{before?.text ?? t.absent}</td>
          <td>
            ≠ <strong>{after?.text ?? t.absent}</strong>
          </td>
        </>
      ) : (
        <td colSpan={both ? 2 : 1} className={both ? styles.same : undefined}>
          {both && <span title={t.same}>= </span>}
          {(after ?? before)?.text}
          {both && address && <span className={styles.tag}> {t.noNat}</span>}
        </td>
      )}
    </tr>
  );
}
