/** The help dialog, and the page that stands in when a bug broke the real one. */
export const help = {
  title: 'How to read this page',
  intro: [
    'A **model** of the cluster predicts every frame at every interface. The **captures** are what people really recorded. This page shows both, step by step.',
    'Blue is **now**: where the packet is, the row that won, the link just crossed. Orange with ≠ is **changed here**. Grey is the same as before.',
    'Green ✓ means the capture **agrees** with the model; red ✗ shows both values where it **differs**. Values marked † are **assumed**: no source gives them.',
    'Nothing you open leaves this browser tab.',
  ],
  keysTitle: 'Keys',
  keyHeading: 'key',
  actionHeading: 'what it does',
  or: 'or',
  keys: [
    { keys: ['→', 'PageDown'], action: 'one step forward' },
    { keys: ['←', 'PageUp'], action: 'one step back' },
    { keys: ['Shift + →'], action: 'one hop forward' },
    { keys: ['Shift + ←'], action: 'one hop back' },
    { keys: ['Home', 'End'], action: 'first step, last step' },
    { keys: ['Space'], action: 'play, pause' },
    { keys: ['[', ']'], action: 'slower, faster' },
    { keys: ['P'], action: 'present: large type for a projector, and back' },
    { keys: ['V'], action: 'presenting: the decision or the hop matrix' },
    { keys: ['F', 'B', 'L', 'S'], action: 'presenting: full screen, blank, spotlight, speaker’s window' },
    { keys: ['?'], action: 'this help' },
    { keys: ['Esc'], action: 'close' },
  ],
  graphTitle: 'Graph',
  graph:
    'Click a box, or reach it with Tab and press Enter, for its addresses. Ctrl + wheel or two fingers zoom; drag to move.',
  broken: {
    title: 'Hopscope met a bug and cannot go on.',
    what: 'Your captures were not sent anywhere and are not changed. Reloading starts again; the text below helps whoever mends it.',
    copy: 'Copy the text',
    copied: 'Copied',
    reload: 'Reload',
    restart: 'Start from the first step',
  },
};
