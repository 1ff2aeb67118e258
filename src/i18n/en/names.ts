/** How hosts, addresses, packets and ICMP messages are called inside sentences. */
export const names = {
  /** A value and, where it is known, whose it is. */
  owned: (value: string, owner: string | null) => (owner === null ? `**${value}**` : `**${value}** (${owner})`),
  broadcastMac: 'broadcast',
  podOn: (pod: string, node: string) => `${pod}, on ${node}`,
  segment: (name: string) => `the segment ${name}`,
  theSwitch: 'the switch', // where there is only one
  switchOf: (name: string) => `switch ${name}`,
  list: (items: readonly string[]) => items.join(', '),
  join: (parts: readonly string[]) => parts.join(' '),
  sum: (terms: readonly string[]) => `${terms.join('; ')}.`,
  /** Last touch on a finished sentence. */
  finish: (sentence: string) =>
    sentence.replace(/^(\**)(the |switch )/, (_, bold, word) => bold + word[0].toUpperCase() + word.slice(1)),
  carried: ', carried round',
  icmp: {
    '3/0': 'Destination Net Unreachable',
    '3/1': 'Destination Host Unreachable',
    '3/2': 'Destination Protocol Unreachable',
    '3/3': 'Destination Port Unreachable',
    '3/4': 'Fragmentation Needed',
    '3/9': 'Destination Net Prohibited',
    '3/10': 'Destination Host Prohibited',
    '3/13': 'Packet Filtered',
    '5/0': 'Redirect Network',
    '5/1': 'Redirect Host',
    '11/0': 'Time To Live Exceeded',
    '11/1': 'Fragment Reassembly Time Exceeded',
  } as Readonly<Record<string, string>>,
  icmpOther: 'ICMP error',
};
