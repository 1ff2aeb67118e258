/** Numbers of a packet list as they are read: times since the first packet, and lengths. */

const BILLION = 1_000_000_000;

/** '0.001234', '-0.000020', '12.000000001': seconds with microseconds, or with nanoseconds where there are any. */
export function secondsText(nanoseconds: number | null): string {
  if (nanoseconds === null) return '–';
  const size = Math.abs(nanoseconds);
  const whole = Math.floor(size / BILLION);
  const rest = `${Math.round(size - whole * BILLION)}`.padStart(9, '0');
  const digits = rest.endsWith('000') ? rest.slice(0, 6) : rest;
  return `${nanoseconds < 0 ? '-' : ''}${whole}.${digits}`;
}

/** '98', or '68/98' bytes where the capture cut the packet off. */
export const lengthText = (captured: number, original: number): string =>
  captured < original ? `${captured}/${original}` : `${original}`;

/** '2024-02-01 10:20:30.000001 UTC'. */
export function clockText(seconds: number, nanoseconds: number): string {
  if (seconds === 0 && nanoseconds === 0) return '–';
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return `${seconds}`;
  const fraction = `${nanoseconds}`.padStart(9, '0');
  const digits = fraction.endsWith('000') ? fraction.slice(0, 6) : fraction;
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}.${digits} UTC`;
}

/** '#12', '12' or '1,200' is a packet's number; null for anything else. */
export function readNumber(text: string): number | null {
  const found = /^\s*#?\s*(\d[\d,]{0,12})\s*$/.exec(text)?.[1];
  const number = found === undefined ? 0 : Number(found.replaceAll(',', ''));
  return number > 0 ? number : null;
}

/** '10.244.2.2 (pod2)' where the file has a name for the address. */
export function namedText(address: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(address);
  return name === undefined ? address : `${address} (${name})`;
}
