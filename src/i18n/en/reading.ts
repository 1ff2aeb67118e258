/** Large files while they are read, and what is compared of them. */
const grouped = (n: number): string => n.toLocaleString('en');

export const reading = {
  of: (name: string): string => `Reading ${name}`,
  soFar: (bytes: string, of: string): string => `${bytes} of ${of} read`,
  cancel: (name: string): string => `Stop reading ${name}`,
  cancelShort: 'Cancel',
  status: (n: number): string => `reading ${n === 1 ? 'one large file' : `${n} large files`}`,
  /** `about`: 'ping 10.244.1.2 → 10.244.2.2'. Null: nobody could choose. */
  compared: (compared: number, packets: number, about: string | null): string =>
    about === null
      ? `Only its first ${grouped(compared)} of ${grouped(packets)} packets are compared.`
      : `${grouped(compared)} of its ${grouped(packets)} packets are compared: a stretch of ${about} that the files share, with its ARP. Choose another one in the list of packets.`,
  part: (about: string | null, packets: number): string =>
    about === null
      ? `of ${grouped(packets)} packets, the first of each file are compared`
      : `of ${grouped(packets)} packets, a stretch of ${about} is compared`,
  notYet: (packets: number): string => `of ${grouped(packets)} packets, none is compared yet`,
  compareFrom: 'Compare from here',
  compareFromHelp: 'Compares this conversation with the model, from this packet on, in all files',
  notComparable: 'Nothing can be compared from here: it is no IPv4 packet, or its file can no longer be read.',
};
