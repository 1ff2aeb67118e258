/** What is taken home: the printed sheet, pictures, the trace as text. */
export const takeHome = {
  title: 'Take home',
  intro: 'The run as a sheet to print: one block for each stop of the chosen step size.',
  print: 'Print',
  size: 'Step size',
  blanks: 'Leave the answers blank',
  anonymous: 'Hide the addresses',
  csv: 'Trace as CSV',
  markdown: 'Trace as Markdown',
  svg: 'Picture as SVG',
  png: 'Picture as PNG',
  step: (n: number): string => `Step ${n}`,
  answer: 'Your answer',
  columns: ['step', 'time, ms', 'host', 'stage', 'packet', 'what happens'] as readonly string[],
  iframe: 'Copy iframe',
  offline: 'The whole page as one file',
  offlineHint: 'Opens from a USB stick, without a network and without an installation.',
};
