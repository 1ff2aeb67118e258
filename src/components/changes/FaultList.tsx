import type { FaultId } from '../../engine/topology/faults';
import type { Catalogue } from '../../i18n';
import { makeChange } from '../../store/actions';
import { type OfferedFault, selectFaults } from '../../store/offers';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Changes.module.css';

type Group = keyof Catalogue['changes']['groups'];

const GROUP: Readonly<Record<FaultId, Group>> = {
  'route-missing': 'route',
  'no-route-at-all': 'route',
  'return-route-missing': 'route',
  'wrong-next-hop': 'route',
  'gateway-detour': 'route',
  'next-hop-down': 'link',
  'pod-absent': 'link',
  'no-bridge': 'link',
  'not-adjacent': 'link',
  'source-guard': 'link',
  'forwarding-off-near': 'node',
  'forwarding-off-far': 'node',
  'rp-filter': 'node',
  'forward-drop-near': 'firewall',
  'forward-drop-far': 'firewall',
  'forward-reject': 'firewall',
  snat: 'firewall',
  'small-mtu': 'size',
  'small-ttl': 'size',
};
const GROUPS: readonly Group[] = ['route', 'link', 'node', 'firewall', 'size'];

/** Every fault there is; what cannot be broken here says so. */
export function FaultList({ close }: { readonly close: () => void }) {
  const faults = useApp(selectFaults);
  const { changes } = useApp(selectText);
  const none = faults.every(({ broken }) => broken === null);
  return (
    <div className={styles.menu}>
      <p className={styles.hint}>{none ? changes.sameNode : changes.breakHint}</p>
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <section key={group} className={styles.group} aria-label={changes.groups[group]}>
            <h2>{changes.groups[group]}</h2>
            {faults
              .filter(({ id }) => GROUP[id] === group)
              .map((fault) => (
                <FaultButton key={fault.id} fault={fault} close={close} />
              ))}
          </section>
        ))}
      </div>
    </div>
  );
}

function FaultButton({ fault: { id, broken }, close }: { readonly fault: OfferedFault; readonly close: () => void }) {
  const { changes, faults } = useApp(selectText);
  const made = useApp((s) => s.changes.some(({ fault }) => fault === id));
  const { title, line } = faults[id];
  return (
    <button
      type="button"
      className={styles.fault}
      disabled={broken === null}
      onClick={() => {
        if (broken === null) return;
        close();
        makeChange({ fault: id, edits: broken.edits, isRepair: false }, broken.command);
      }}
    >
      <span className={styles.title}>
        {title}
        {broken === null && <span className={styles.why}> · {made ? changes.done : changes.notHere}</span>}
      </span>
      <span className={styles.line}>{line}</span>
    </button>
  );
}
