/** What is wrong with the cluster, each tried out in the model; and every table beside flannel's. */
import type { Finding } from '../../engine/findings/finding';
import type { RouteAudit } from '../../engine/findings/route-audit';
import type { Route } from '../../engine/net/route';
import { formatRoute } from '../../engine/net/route-text';
import { sayFinding } from '../../i18n/sentence-finding';
import { closeDialog, makeChange } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Explained } from '../shared/Explained';
import { Rich } from '../shared/Rich';
import styles from './Cluster.module.css';

interface Props {
  readonly findings: readonly Finding[];
  readonly audits: readonly RouteAudit[];
}

const MARK = { error: '✗', warning: '!', note: '·' } as const;

export function Findings({ findings, audits }: Props) {
  const { findings: t } = useApp(selectText);
  const count = (severity: Finding['severity']): number => findings.filter((one) => one.severity === severity).length;
  return (
    <section className={styles.findings} aria-label={t.heading}>
      <h3>
        {t.heading}:{' '}
        {findings.length === 0
          ? t.none
          : t.count({ errors: count('error'), warnings: count('warning'), notes: count('note') })}
      </h3>
      <ul>
        {findings.map((finding, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
          <FindingItem key={i} finding={finding} />
        ))}
      </ul>
      {audits.length > 0 && (
        <details>
          <summary>{t.audit.heading}</summary>
          {audits.map((audit) => (
            <Audit key={audit.node} audit={audit} />
          ))}
        </details>
      )}
    </section>
  );
}

function FindingItem({ finding }: { readonly finding: Finding }) {
  const text = useApp(selectText);
  const { findings: t } = text;
  const { title, lead, tried, printed } = sayFinding(finding, text);
  const { severity, node, check, repair, consequence } = finding;
  return (
    <li className={styles[severity]}>
      <h4>
        <span aria-hidden="true">{MARK[severity]} </span>
        {t.severities[severity]}: {node}: {title}
      </h4>
      <p>
        <Explained text={lead} />
      </p>
      {tried.map((line) => (
        <p key={line}>
          <Explained text={line} after={lead} />
        </p>
      ))}
      {printed.length > 0 && <pre>{printed.filter((line) => line !== '').join('\n')}</pre>}
      {check.length > 0 && (
        <p>
          {t.check}:{' '}
          {check.map(({ host, line, prints }) => (
            <code key={line} className={styles.command}>
              <span className={styles.prompt}>{host ?? t.kubectl}# </span>
              {line}
              {prints !== null && prints !== '' && <span className={styles.quiet}> → {prints}</span>}
            </code>
          ))}
        </p>
      )}
      {repair.map(({ kind, lines, edits }, i) => (
        <div key={kind}>
          {i === 0 ? t.repair : t.or}: <Rich text={t.remedies[kind]} />
          {lines.map(({ host, line }) => (
            <code key={`${host} ${line}`} className={styles.command}>
              <span className={styles.prompt}>{host ?? t.kubectl}# </span>
              {line}
            </code>
          ))}
          {edits.length > 0 && (
            <button
              type="button"
              onClick={() => {
                closeDialog();
                makeChange({ fault: null, edits, isRepair: true }, consequence?.command ?? null);
              }}
            >
              {text.verdictPanel.tryIt}
            </button>
          )}
        </div>
      ))}
    </li>
  );
}

function Audit({ audit: { node, known, rows } }: { readonly audit: RouteAudit }) {
  const { findings: t } = useApp(selectText);
  const shown = (route: Route | null): string => (route === null ? t.audit.nothing : formatRoute(route));
  if (known && rows.every(({ verdict }) => verdict === 'right'))
    return (
      <p>
        <b>{t.audit.title(node)}</b>: {t.audit.allRight(rows.length)}
      </p>
    );
  return (
    <div className={styles.audit}>
      <table>
        <caption>
          {t.audit.title(node)} {!known && t.audit.unknown}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t.audit.verdict}</th>
            <th scope="col">{t.audit.expected}</th>
            <th scope="col">{t.audit.actual}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ verdict, expected, actual }) => (
            <tr key={`${shown(expected)} ${shown(actual)}`} className={verdict === 'right' ? undefined : styles.wrong}>
              <th scope="row">{t.rows[verdict]}</th>
              <td>{shown(expected)}</td>
              <td>{shown(actual)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
