import { memo } from 'react';
import { ASSUMED } from './content';
import type { Box, Label, Point, Scene, Span, Wire } from './scene';
import styles from './TopologyGraph.module.css';

/** The points joined by straight lines, as an SVG path. */
export const pathOf = (points: readonly Point[]): string => `M${points.map(({ x, y }) => `${x},${y}`).join('L')}`;

const RADIUS: Readonly<Record<Box['kind'], number>> = {
  node: 10,
  pod: 8,
  device: 6,
  stack: 6,
  segment: 16,
  small: 13,
  more: 13,
};

const classes = (...names: readonly (string | false | undefined)[]): string => names.filter(Boolean).join(' ');

/** Everything below the moving parts: wires and boxes. Drawn again only for another cluster, language or size. */
export const Boxes = memo(function Boxes({ scene }: { readonly scene: Scene }) {
  const containers = scene.boxes.filter(({ kind }) => kind === 'node' || kind === 'pod');
  const parts = scene.boxes.filter(({ kind }) => kind !== 'node' && kind !== 'pod');
  return (
    <>
      {containers.map((box) => (
        <Outline key={box.id} box={box} />
      ))}
      {scene.wires.map((wire) => (
        <WirePath key={wire.id} wire={wire} />
      ))}
      {parts.map((box) => (
        <Outline key={box.id} box={box} />
      ))}
    </>
  );
});

function Outline({ box }: { readonly box: Box }) {
  const { x, y, width, height, kind, quiet, down } = box;
  const className = classes(styles.box, styles[kind], quiet && styles.quietBox, down && styles.down);
  return <rect className={className} x={x} y={y} width={width} height={height} rx={RADIUS[kind]} />;
}

export const radiusOf = (box: Box): number => RADIUS[box.kind];

function WirePath({ wire }: { readonly wire: Wire }) {
  return wire.kind === 'inner' ? null : <path className={styles.wire} d={pathOf(wire.points)} />;
}

/** Texts and the numbers of capture points: above the highlights. */
export const Labels = memo(function Labels({ scene }: { readonly scene: Scene }) {
  return (
    <g className={styles.labels}>
      {scene.boxes.flatMap((box) =>
        box.labels.map((label) => <TextLine key={`${box.id} ${label.y}`} label={label} strong={box.kind === 'node'} />),
      )}
      {scene.badges.map((badge) => (
        <g key={badge.point} className={styles.badge} transform={`translate(${badge.x} ${badge.y})`}>
          <circle r={9.5} />
          <text y={4.6} textAnchor="middle">
            {badge.number}
          </text>
        </g>
      ))}
    </g>
  );
});

function TextLine({ label }: { readonly label: Label; readonly strong: boolean }) {
  return (
    <text x={label.x} y={label.y} textAnchor={label.anchor}>
      {label.full !== null && <title>{label.full}</title>}
      {label.spans.map((span, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line never change places
        <TextPart key={i} span={span} />
      ))}
    </text>
  );
}

function TextPart({ span }: { readonly span: Span }) {
  const className = classes(
    span.bold && styles.bold,
    span.mono && styles.mono,
    span.tone !== 'plain' && styles[span.tone],
  );
  const marked = span.text.endsWith(ASSUMED);
  return (
    <tspan className={className} fontSize={span.size} xmlSpace="preserve">
      {marked ? span.text.slice(0, -ASSUMED.length) : span.text}
      {marked && <tspan className={styles.mark}>{ASSUMED}</tspan>}
    </tspan>
  );
}
