/** What a file's name says about where it was taken. Asked last: names get mixed up, packets do not. */
import { hostNamed, type Topology } from '../topology/topology';
import type { Placed } from './layer2';

/** 3: names host and device. 2: is the name of a listed point. 1: names the listed point's host or the device alone. 0: neither. */
export function nameScore(topology: Topology, fileName: string, { host, dev }: Placed): 0 | 1 | 2 | 3 {
  const words = fileName.toLowerCase();
  const namesHost = hasWord(words, host);
  const namesDevice = hasWord(words, dev);
  if (namesHost && namesDevice) return 3;
  const point = topology.capturePoints.find((one) => one.host === host && one.dev === dev);
  if (point !== undefined && hasWord(words, point.id)) return namesOtherDevice(topology, words, host, dev) ? 0 : 2;
  return namesDevice && isUnique(topology, dev) ? 1 : 0;
}

/** Has one host alone a device of that name? */
function isUnique({ hosts }: Topology, dev: string): boolean {
  let found = 0;
  for (const { devices } of hosts) {
    if (devices.some(({ name }) => name === dev)) found += 1;
    if (found > 1) return false;
  }
  return found === 1;
}

/** `node1-cni0.cap` names node1, but not its listed ens33. */
const namesOtherDevice = (topology: Topology, words: string, host: string, dev: string): boolean =>
  hostNamed(topology, host)?.devices.some((one) => one.name !== dev && hasWord(words, one.name)) ?? false;

/** `node1` is a word of `node1.cap` and of `my_node1-ens33.pcap`, not of `node10.cap`. */
function hasWord(text: string, word: string): boolean {
  const wanted = word.toLowerCase();
  const isPart = (char: string | undefined): boolean => char !== undefined && /[a-z0-9]/.test(char);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + wanted.length])) return true;
  }
  return false;
}
