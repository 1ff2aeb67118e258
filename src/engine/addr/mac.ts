import { invariant } from '../base/result';

declare const brand: unique symbol;

/** Ethernet address, always spelled like `aa:bb:cc:dd:ee:ff` in lower case; `===` compares. */
export type Mac = string & { readonly [brand]: 'Mac' };

export const MAC_LENGTH = 6; // bytes

/** A MAC address written in code or in a test; a misspelt one is a bug. */
export function mac(text: string): Mac {
  const value = readMac(text);
  invariant(value !== null, `not a MAC address: ${text}`);
  return value;
}

/** Reads six hex pairs joined by colons or by dashes, in either case. */
export function readMac(text: string): Mac | null {
  if (!/^[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}$/i.test(text)) return null;
  return text.toLowerCase().replaceAll('-', ':') as Mac;
}

export const BROADCAST = mac('ff:ff:ff:ff:ff:ff');
export const ZERO_MAC = mac('00:00:00:00:00:00');

export const isBroadcast = (address: Mac): boolean => address === BROADCAST;

/** True for group addresses, the broadcast address among them: lowest bit of the first octet (IEEE 802). */
export const isMulticast = (address: Mac): boolean => (Number.parseInt(address.slice(0, 2), 16) & 1) === 1;

export function macToBytes(address: Mac): Uint8Array {
  const out = new Uint8Array(MAC_LENGTH);
  for (let i = 0; i < MAC_LENGTH; i += 1) out[i] = Number.parseInt(address.slice(3 * i, 3 * i + 2), 16);
  return out;
}

/** The address in the six bytes from `at`; the caller has checked that they are there. */
export function macFromBytes(bytes: Uint8Array, at: number): Mac {
  invariant(at >= 0 && at + MAC_LENGTH <= bytes.length, `no MAC address at ${at} of ${bytes.length} bytes`);
  let text = '';
  for (let i = at; i < at + MAC_LENGTH; i += 1) {
    text += (i === at ? '' : ':') + (bytes[i] ?? 0).toString(16).padStart(2, '0');
  }
  return text as Mac;
}
