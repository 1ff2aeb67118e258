let format: Intl.ListFormat | null = null;

/** 'a, b, and c'. The format is made for the first list: that takes a browser some milliseconds, and the first screen has none. */
export function listed(items: Iterable<string>): string {
  format ??= new Intl.ListFormat('en', { type: 'conjunction' });
  return format.format(items);
}
