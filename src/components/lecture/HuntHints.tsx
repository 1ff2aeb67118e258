import type { Hunt } from '../../engine/questions/hunt';
import { sayVerdict } from '../../i18n/sentence-verdict';
import { HINT_COSTS, pingOn, takeHint, useHunt } from '../../store/hunt';
import { Rich } from '../shared/Rich';
import styles from './Hunt.module.css';
import { useTexts } from './texts';

/** Three hints, each dearer than the one before: the files, a command that proves it, and where the packet ended. */
export function HuntHints({ hunt }: { readonly hunt: Hunt }) {
  const { text, lecture } = useTexts();
  const { hints } = useHunt();
  const t = lecture.hunt;
  const { session, verdict } = pingOn(hunt.topology, hunt.command);
  if (verdict === null) return null;
  const name = ({ point }: (typeof verdict.held)[number]): string => `${point.id}.cap`;
  const holding = verdict.held.filter(({ request }) => request > 0).map(name);
  const missing = verdict.held.filter(({ request }) => request === 0).map(name);
  const proof = verdict.proveWith[0];
  const said = sayVerdict(verdict, session.trace, session.topology, text);
  const all = [
    holding.length === 0 ? t.nowhere : t.files(text.names.list(holding), text.names.list(missing)),
    proof === undefined ? t.noProof : t.prove(`${proof.host ?? 'kubectl'}# ${proof.line}`),
    said.why[0]?.text ?? said.lead,
  ];
  const next = HINT_COSTS[hints];
  return (
    <section className={styles.card} aria-label={t.hints}>
      <h2>{t.hints}</h2>
      <ol className={styles.hints} aria-live="polite">
        {all.slice(0, hints).map((hint) => (
          <li key={hint}>
            <Rich text={hint} />
          </li>
        ))}
      </ol>
      {next !== undefined && (
        <button type="button" onClick={takeHint}>
          {t.hint(hints + 1, next)}
        </button>
      )}
    </section>
  );
}
