/** The names of the examples, apart from what happens in them: a link is read before the rest is loaded. */
export const EXAMPLE_IDS = [
  'join', // a machine, its flanneld, its first pod
  'delete',
  'power-off',
  'new-address',
  'stale', // a peer leaves while flanneld is down
  'route-deleted',
  'route-replaced',
  'link-down-up',
  'rules-flushed',
  'forgotten', // deleted, and registered again without annotations
] as const;

export type ExampleId = (typeof EXAMPLE_IDS)[number];
