/**
 * Addresses out of a text, the structure left in: one letter a /24 network with the last number kept, so that it still
 * shows who is on which link and which prefix matches; MACs become M1, M2 … in order of appearance.
 */
import { readIpv4 } from '../addr/ipv4';

const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/gi;
const KEPT = new Set(['0.0.0.0', '255.255.255.255', 'ff:ff:ff:ff:ff:ff', '00:00:00:00:00:00']);
const LETTERS = 26;

/** One for all texts of a page or file, so that the same address gets the same name in all of them. */
export function anonymiser(): (text: string) => string {
  const networks = new Map<string, string>();
  const macs = new Map<string, string>();
  return (text) =>
    text.replace(ADDRESS, (found) => {
      if (KEPT.has(found.toLowerCase()) || isMask(found)) return found;
      if (found.includes(':')) return named(macs, found.toLowerCase(), (n) => `M${n + 1}`);
      if (readIpv4(found) === null) return found;
      const at = found.lastIndexOf('.');
      return `${named(networks, found.slice(0, at), letterOf)}${found.slice(at)}`;
    });
}

function named(known: Map<string, string>, key: string, name: (n: number) => string): string {
  const found = known.get(key) ?? name(known.size);
  known.set(key, found);
  return found;
}

/** A, B … Z, then A1, B1 … */
function letterOf(n: number): string {
  const round = Math.floor(n / LETTERS);
  return `${String.fromCharCode(65 + (n % LETTERS))}${round === 0 ? '' : round}`;
}

const isMask = (text: string): boolean => /^255\.(?:255|254|252|248|240|224|192|128|0)\./.test(text);
