import { titleOf } from '../../engine/analysis/title';
import { captureFileOf, predictedAt } from '../../engine/comparison/predicted';
import type { Trace } from '../../engine/sim/trace';
import type { Topology } from '../../engine/topology/topology';
import { saveBlob } from '../../store/download';
import styles from './Hunt.module.css';
import { useTexts } from './texts';

const FRAMES_MAX = 40; // of one point; the file holds all

/** What tcpdump would have written at the four points, in its own words. */
export function HuntCaptures({ topology, trace }: { readonly topology: Topology; readonly trace: Trace }) {
  const { lecture } = useTexts();
  const t = lecture.hunt;
  return (
    <section className={styles.card} aria-label={t.captures}>
      <h2>{t.captures}</h2>
      {topology.capturePoints.map(({ id, host, dev }) => {
        const frames = predictedAt(trace, { host, dev });
        const save = () =>
          saveBlob(
            `${id}.cap`,
            new Blob([new Uint8Array(captureFileOf(trace, host, dev))], { type: 'application/vnd.tcpdump.pcap' }),
          );
        return (
          <details key={id} open>
            <summary>
              {id}.cap · {host} {dev} · {frames.length === 0 ? t.noFrames : t.frames(frames.length)}
            </summary>
            {frames.length > 0 && (
              <pre className={styles.lines}>
                {frames
                  .slice(0, FRAMES_MAX)
                  .map(({ atUs, bytes }) => `${(atUs / 1e6).toFixed(6)} ${titleOf(bytes)}`)
                  .join('\n')}
              </pre>
            )}
            <button type="button" onClick={save}>
              {t.save} {id}.cap
            </button>
          </details>
        );
      })}
    </section>
  );
}
