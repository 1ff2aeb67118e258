/** Header, dialogs, whatever belongs to no panel. */
export const app = {
  title: 'Hopscope',
  tagline: 'How a packet crosses a Flannel host-gw cluster, and whether the captures agree',
  privacy: 'Files stay in this tab',
  openCaptures: 'Open captures…',
  yourCluster: 'Your cluster…',
  language: '中文',
  languageLabel: 'Switch to Chinese',
  theme: { auto: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
  help: 'Keys and help',
  lecture: 'Lecture',
  skipToSteps: 'Skip to the steps',
  close: 'Close',
  scenario: 'Scenario',
  scenarios: { article: 'The article’s ping · pod1 → pod2' } as Record<string, string>,
};
