/** Where a command's words go: lines to standard output, notes and errors to standard error. */
export interface Output {
  line(text: string): void;
  note(text: string): void;
}
