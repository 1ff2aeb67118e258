/** The dialog with all nodes of a large cluster. */
const plural = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;

export const field = {
  open: (nodes: number): string => `All ${plural(nodes, 'node')}…`,
  title: (nodes: number): string => plural(nodes, 'node'),
  search: 'Find',
  placeholder: 'node, address, pod network, pod',
  found: (n: number, of: number): string =>
    n === of ? `all ${n.toLocaleString('en')}` : `${n.toLocaleString('en')} of ${of.toLocaleString('en')}`,
  canvas: (nodes: number): string => `Field of ${plural(nodes, 'node')}; the list below says the same in words`,
  hint: 'Blue: the nodes of the way shown. Wheel or pinch zooms, dragging moves, a click chooses.',
  list: 'Nodes found',
  more: (n: number): string => `and ${n.toLocaleString('en')} more: narrow the search`,
  choose: 'Choose a node to see its pods.',
  noPods: 'no pod network',
  pods: (n: number, net: string): string => `${plural(n, 'pod')} in ${net}`,
  lookHere: 'Look at the way of a ping to:',
};
