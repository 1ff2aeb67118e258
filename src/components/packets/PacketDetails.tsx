/** The chosen packet: its fields and its bytes, which point at each other. */
import { useMemo, useState } from 'react';
import { decodeFrame, fieldsOf } from '../../engine/wire/decode';
import { goToStep } from '../../store/actions';
import { isComparedWhole } from '../../store/compared-packets';
import type { FirstPacket } from '../../store/compared-part';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { HexView } from '../shared/HexView';
import { FieldTable } from './FieldTable';
import { useFrame } from './frames';
import { JourneyChip } from './JourneyChip';
import type { Mark, Marks } from './marks';
import styles from './Packets.module.css';
import { placeOf, type Source } from './sources';
import { useTexts } from './texts';
import { unreadableText } from './unreadable';
import { clockText } from './words';

interface Props {
  readonly sources: readonly Source[];
  readonly marks: Marks;
  readonly points: ReadonlyMap<string, string>;
  readonly chosen: number | null;
}

export function PacketDetails({ sources, marks, points, chosen }: Props) {
  const { t } = useTexts();
  const place = chosen === null ? null : placeOf(sources, chosen);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.details} aria-label={t.details} tabIndex={0}>
      {chosen === null || place === null ? (
        <p className={styles.empty}>{t.choose}</p>
      ) : (
        <Packet {...place} mark={marks.get(chosen) ?? null} point={points.get(place.source.id) ?? null} />
      )}
    </section>
  );
}

interface PacketProps {
  readonly source: Source;
  readonly i: number;
  readonly mark: Mark | null;
  readonly point: string | null;
}

function Packet({ source, i, mark, point }: PacketProps) {
  const { t } = useTexts();
  const frame = useFrame(source, i);
  const facts = source.facts(i);
  const step = mark?.step ?? null;
  const isWhole = useApp((s) => isComparedWhole(s.files));
  return (
    <>
      <div className={styles.detailsHead}>
        <b>{t.name(source.name, i + 1)}</b>
        {point !== null && <span>{point}</span>}
        <span className={styles.quiet}>{clockText(facts.seconds, facts.nanoseconds)}</span>
        {mark !== null && (
          <span>
            <JourneyChip mark={mark} /> {t.verdict[mark.verdict]}
          </span>
        )}
        {step !== null && (
          <button type="button" className={styles.small} onClick={() => goToStep(step)}>
            {t.step(step + 1)}
          </button>
        )}
        {!isWhole && <CompareFrom file={source.id} packet={i} />}
      </div>
      {frame === 'gone' && <p className={styles.bad}>{t.gone}</p>}
      {frame === 'reading' && <p className={styles.quiet}>{t.reading}</p>}
      {typeof frame === 'object' && <Contents {...frame} names={source.names} />}
    </>
  );
}

/** Another stretch of the files is set beside the model: the one that this packet begins. */
function CompareFrom(first: FirstPacket) {
  const { reading } = useApp(selectText);
  const [refused, setRefused] = useState<number | null>(null); // the packet that could not be
  const compare = async () => {
    const { findPart } = await import('../../store/compared-part');
    setRefused((await findPart(first)) ? null : first.packet);
  };
  return (
    <>
      <button type="button" className={styles.small} title={reading.compareFromHelp} onClick={() => void compare()}>
        {reading.compareFrom}
      </button>
      {refused === first.packet && <span role="status">{reading.notComparable}</span>}
    </>
  );
}

interface ContentsProps {
  readonly bytes: Uint8Array;
  readonly linkType: number;
  readonly originalLength: number;
  readonly names: Source['names'];
}

function Contents({ bytes, linkType, originalLength, names }: ContentsProps) {
  const { t } = useTexts();
  const decoded = useMemo(() => decodeFrame(bytes, { linkType, originalLength }), [bytes, linkType, originalLength]);
  const fields = useMemo(() => fieldsOf(decoded), [decoded]);
  const broken = decoded.layers.find((layer) => layer.kind === 'unreadable');
  return (
    <>
      {broken !== undefined && <p className={styles.note}>{unreadableText(broken.reason, t)}</p>}
      <div className={styles.contents}>
        <HexView title={t.bytes(bytes.length, originalLength)} bytes={bytes} fields={fields} changed={[]} />
        {fields.length > 0 && <FieldTable fields={fields} names={names} />}
      </div>
    </>
  );
}
