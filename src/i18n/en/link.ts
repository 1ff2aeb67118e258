/** What a link could not bring, or cannot take along. */
export const link = {
  damaged:
    'This link is damaged: part of it was cut off or changed on its way. The article’s ping is shown instead. Ask for the link again, or for the cluster as a file.',
  'too-long':
    'This link holds more than a page opens: at most 1,000 changes and one million characters. The article’s ping is shown instead. Ask for the cluster as a file.',
  'own-cluster':
    'This link shows somebody’s own cluster, which stays in the tab it was opened in: no link holds it. The article’s ping is shown instead. Ask for the cluster as a file, and open it with Your cluster….',
  'unknown-changes': (count: number): string =>
    `This link asks for ${count === 1 ? 'one change' : `${count} changes`} that this version does not know. What is shown is without ${count === 1 ? 'it' : 'them'}.`,
  'no-link':
    'What you changed is too much for a link: a page opens at most 1,000 changes, and browsers keep addresses of up to 65,536 characters. The address now leaves your changes out. Save the cluster as a file instead: it holds them all.',
  save: 'Save a file…',
};
