/** The frame of this step: before and after on its host, field by field and byte by byte. */
import { useState } from 'react';
import { checksumStory, diffFields, type FrameMoment, framesAround } from '../../engine/comparison/header-diff';
import { packetOf } from '../../engine/sim/event';
import type { Trace } from '../../engine/sim/trace';
import { serializeFrame } from '../../engine/wire/frame';
import { checksumDelta, hex16, num } from '../../i18n/sentence-values';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { HexView } from '../shared/HexView';
import { Rich } from '../shared/Rich';
import { HeaderDiff } from './HeaderDiff';
import styles from './StepPanel.module.css';

interface Props {
  readonly trace: Trace;
  readonly index: number;
}

export function FrameSection({ trace, index }: Props) {
  const text = useApp(selectText);
  const [all, setAll] = useState(false);
  const { frame: t } = text.panel;
  const { before, after } = framesAround(trace, index) ?? { before: lastSeen(trace, index), after: null };
  const shown = after ?? before;
  if (shown === null) return null;
  const changes = diffFields(before?.bytes ?? null, after?.bytes ?? null);
  const story = checksumStory(before?.bytes ?? null, after?.bytes ?? null);
  const momentName = ({ direction, dev }: FrameMoment): string => t.moment[direction](dev);
  const title =
    before !== null && after !== null ? t.between(momentName(before), momentName(after)) : t.only(momentName(shown));
  const fields = changes.flatMap((change) => (after === null ? change.before : change.after) ?? []);
  const changed = changes.filter((change) => change.changed);
  return (
    <div className={styles.box}>
      <HeaderDiff title={title} changes={changes} before={before} after={after} all={all} />
      {story !== null && (
        <p className={styles.sum}>
          <Rich
            text={t.checksum({
              ttlFrom: num(story.ttlFrom),
              ttlTo: num(story.ttlTo),
              from: hex16(story.from),
              to: hex16(story.to),
              delta: checksumDelta(text, story.from, story.to),
            })}
          />
        </p>
      )}
      <p className={styles.more}>
        <button type="button" onClick={() => setAll(!all)}>
          {all ? t.fewer : t.all(String(changes.length))}
        </button>
        {before !== null && after !== null && (
          <span>{t.counts(String(changed.length), String(changes.length - changed.length))}</span>
        )}
      </p>
      <HexView
        title={t.bytes(momentName(shown), String(shown.bytes.length))}
        bytes={shown.bytes}
        fields={fields}
        changed={changed.flatMap((change) => (after === null ? change.before : change.after) ?? [])}
      />
    </div>
  );
}

/** On a segment's switch no device sees the frame: it is the one last sent. */
function lastSeen(trace: Trace, index: number): FrameMoment | null {
  const event = trace.steps[index]?.event;
  const packet = event === undefined ? null : packetOf(event);
  if (packet === null) return null;
  for (let at = index; at >= 0; at -= 1) {
    const seen = trace.steps[at]?.event;
    if (seen?.kind === 'frame-sent' && seen.packet === packet) {
      return { step: at, host: seen.host, dev: seen.dev, direction: 'out', bytes: serializeFrame(seen.frame) };
    }
  }
  return null;
}
