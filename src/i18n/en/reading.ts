/** Large files while they are read, and what is compared of them. */
const grouped = (n: number): string => n.toLocaleString('en');

export const reading = {
  of: (name: string): string => `Reading ${name}`,
  soFar: (bytes: string, of: string): string => `${bytes} of ${of} read`,
  cancel: (name: string): string => `Stop reading ${name}`,
  cancelShort: 'Cancel',
  status: (n: number): string => `reading ${n === 1 ? 'one large file' : `${n} large files`}`,
  compared: (compared: number, packets: number): string =>
    `Only its first ${grouped(compared)} of ${grouped(packets)} packets are compared.`,
};
