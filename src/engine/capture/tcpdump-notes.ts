/**
 * What `tcpdump -w` says on its terminal beside the file it writes, and what our collecting script keeps in `log/`.
 * tcpdump 4.99 `tcpdump.c`: "tcpdump: listening on ens33, link-type EN10MB (Ethernet), snapshot length 262144 bytes", then
 * "25 packets captured" and two or three counts more. Before 4.9.3 the first line had no name in front of it.
 */
const NOTE =
  /^(?:tcpdump: .*|listening on \S+, link-type .*|\d+ packets? (?:captured|received by filter|dropped by (?:kernel|interface)))$/;

/** True for a text of nothing else: no printed packet, and no capture either. */
export function isTcpdumpNotes(text: string): boolean {
  const lines = text.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '');
  return said.length > 0 && said.every((line) => NOTE.test(line));
}
