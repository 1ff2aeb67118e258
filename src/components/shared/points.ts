import type { CapturePoint } from '../../engine/topology/topology';

/** ① for the first capture point. The circled digits of Unicode end at 20. */
export const pointMark = (index: number): string =>
  index < 20 ? String.fromCodePoint(0x2460 + index) : `(${index + 1})`;

/** '② node1 ens33' */
export const pointName = (point: CapturePoint, index: number): string =>
  `${pointMark(index)} ${point.host} ${point.dev}`;
