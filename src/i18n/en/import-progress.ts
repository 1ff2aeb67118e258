/** Texts on their way to a cluster. */
export const importProgress = {
  reading: 'Reading the texts',
  soFar: (read: string, of: string): string => `${read} of ${of} read`,
  joining: 'All read; putting the cluster together…',
  cancel: 'Cancel',
};
