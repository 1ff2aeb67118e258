/**
 * The first screen in few files. Left alone, every module that two parts of the page share becomes a file: some forty, and a
 * browser fetches six at a time. Here each module goes to the first of these parts that cannot do without it.
 */
import { resolve } from 'node:path';

interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** A group for rolldown's `codeSplitting`: the modules that `name` returns a name for are one file. */
interface Group {
  readonly name: string | ((id: string, graph: Graph) => string | null);
  readonly test?: RegExp;
  readonly priority: number; // the highest takes a module first
}

/** The model first: it begins to work while the page that draws it is still on its way. React changes less often than both. */
export const firstScreen = (): Group[] => [
  { ...startingFrom('model', 'src/main.ts'), priority: 4 },
  { name: 'react', test: /\/node_modules\/(?:react-dom|scheduler)\//, priority: 3 },
  { ...startingFrom('page', 'src/components/draw.tsx'), priority: 2 },
];

/** What a file imports, and what that imports, but nothing that is only loaded when asked for; and not the file itself. */
function startingFrom(name: string, root: string): Pick<Group, 'name'> {
  let part: ReadonlySet<string> | null = null; // one build has one graph
  return {
    name(id, graph) {
      part ??= reachable(resolve(root), graph);
      return part.has(id) ? name : null;
    },
  };
}

function reachable(root: string, graph: Graph): ReadonlySet<string> {
  const found = new Set([root]);
  for (const id of found) for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  found.delete(root);
  return found;
}
