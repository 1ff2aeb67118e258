/** Gives each item of a list a key of its own where names may repeat: the second `ip.ttl` is `ip.ttl 2`. */
export function keyed<T>(items: readonly T[], nameOf: (item: T) => string): readonly { key: string; item: T }[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const name = nameOf(item);
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { key: `${name} ${nth}`, item };
  });
}
