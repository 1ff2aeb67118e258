/** The clocks of the files beside each other: measured, or set by hand, and what packets take between two points by them. */
export const clocks = {
  byHand: (v: { from: string; to: string }): string => `${v.to} ahead of ${v.from}, ms:`,
  byHandHelp: 'Empty: as measured. The list of packets in order of time follows what stands here.',
  /** `least` and `median` are times with a unit; `give` the uncertainty, null where the offset was set by hand. */
  takes: (v: { from: string; to: string; least: string; median: string; give: string | null }): string =>
    `${v.from} to ${v.to}: ${v.median} in the median, ${v.least} at the least${v.give === null ? '' : `, give or take ${v.give}`}`,
  refuted: 'A packet would arrive before it was sent: the clocks cannot differ by so much.',
  use: 'Use the measured clocks in the list of packets',
  forget: 'Leave all clocks as they are',
};
