/**
 * The rules that no compiler and no linter checks, as functions over texts: a file system is not needed to try them.
 * Each answers with the violations it found, in words; tidy.test.ts runs them on the project and on planted mistakes.
 */

export interface SourceFile {
  /** Relative to src/ for sources, to the project for anything else; always with `/`. */
  readonly name: string;
  readonly text: string;
}

export type LayerTable = Readonly<Record<string, readonly string[]>>;

/**
 * Folder -> what it may import besides itself and npm packages. The same table stands in ARCHITECTURE.md.
 * `engine` stands for every folder of the engine except `engine/testing`, which only tests may import.
 */
export const LAYERS: LayerTable = table(`
  engine/base ->
  engine/addr -> engine/base
  engine/wire -> engine/base engine/addr
  engine/capture -> engine/base engine/addr engine/wire
  engine/filter -> engine/base engine/addr engine/wire engine/capture
  engine/net -> engine/base engine/addr engine/wire
  engine/flannel -> engine/base engine/addr engine/net
  engine/topology -> engine/base engine/addr engine/wire engine/net engine/flannel
  engine/sim -> engine/base engine/addr engine/wire engine/net engine/flannel engine/topology
  engine/import -> engine/base engine/addr engine/wire engine/net engine/flannel engine/topology
  engine/analysis -> engine/base engine/addr engine/wire engine/capture engine/net engine/topology engine/sim
  engine/comparison -> engine/base engine/addr engine/wire engine/capture engine/net engine/flannel engine/topology engine/sim engine/analysis
  engine/verdict -> engine/base engine/addr engine/wire engine/capture engine/net engine/topology engine/sim engine/analysis engine/comparison
  engine/matching -> engine/base engine/addr engine/wire engine/capture
  engine/diagnosis -> engine/base engine/addr engine/wire engine/capture engine/net engine/topology engine/sim engine/comparison engine/verdict engine/matching
  engine/findings -> engine/base engine/addr engine/wire engine/net engine/flannel engine/topology engine/sim engine/verdict
  engine/control-plane -> engine/base engine/addr engine/net engine/flannel engine/topology
  engine/export -> engine/base engine/addr engine/wire engine/capture engine/net engine/flannel engine/topology engine/sim
  engine/questions -> engine/base engine/addr engine/wire engine/net engine/topology engine/sim engine/analysis engine/comparison engine/verdict
  engine/testing -> engine
  lessons -> engine
  i18n -> engine lessons
  store -> engine i18n lessons
  workers -> engine
  cli -> engine i18n
  components -> store engine i18n lessons
  main.ts -> components store
`);

/** One row a line, as people write it. */
function table(text: string): LayerTable {
  const rows = text.split('\n').filter((line) => line.includes('->'));
  return Object.fromEntries(
    rows.map((row) => {
      const [folder = '', targets = ''] = row.split('->');
      return [folder.trim(), targets.split(' ').filter((target) => target !== '')];
    }),
  );
}

/**
 * What the store may load beyond its row: it starts the workers, as programs of their own, and carries the samples.
 * Nobody else does either.
 */
const STORE_LOADS = [/^workers\/[^?]+\?worker\b/, /^public\/samples\/[^?]+\?bytes$/];

/** Files of src/ itself that need no row: they import nothing of ours, which is checked like any row. */
const ROOT_FILES_ALONE = ['trusted-types.ts', 'tidy.rules.ts'];

export const isTest = (name: string): boolean => /\.test\.tsx?$/.test(name);
const isTesting = (name: string): boolean => isTest(name) || name.startsWith('engine/testing/');
const isSource = (name: string): boolean => /\.tsx?$/.test(name) && !name.endsWith('.d.ts');

// ── Reading sources ─────────────────────────────────────────────────────────────────────────────────────────────────

const STRING_OR_COMMENT = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** Comments may name what code may not: blank them, keep strings. Not a parser; good enough for formatted sources. */
export function withoutComments(text: string): string {
  return text.replace(STRING_OR_COMMENT, (found) => (found.startsWith('/') ? ' ' : found));
}

/** Texts shown to people may name it too. Template literals stay, they hold code. */
function withoutCommentsAndStrings(text: string): string {
  return text.replace(STRING_OR_COMMENT, (found) => {
    if (found.startsWith('/')) return ' ';
    return found.startsWith('`') ? found : "''";
  });
}

/**
 * Every spelling that makes one module load another. For `import … from`, `import type … from` and `export … from` the
 * end of the statement is enough, however many lines it has; then side effects, late imports (also as a type), and
 * what Vite reads.
 */
const IMPORT_FORMS = [
  /\bfrom\s*(['"])([^'"\n]+)\1/g,
  /\bimport\s*(['"])([^'"\n]+)\1/g,
  /\bimport\s*\(\s*(['"`])([^'"`\n]+)\1/g,
  /\bimport\.meta\.glob(?:<[^(]*>)?\(\s*(['"`])([^'"`\n]+)\1/g,
  /\bnew URL\(\s*(['"`])([^'"`\n]+)\1\s*,\s*import\.meta\.url/g,
];

export function importsOf(text: string): string[] {
  const code = withoutComments(text);
  return IMPORT_FORMS.flatMap((form) => [...code.matchAll(form)].map((match) => match[2] ?? ''));
}

/** `../net/fib` in `engine/sim/world.ts` -> `engine/net/fib`. Outside src/: `../public/samples` -> `public/samples`. */
function targetOf(from: string, specifier: string): string {
  const path = [...'src/'.concat(from).split('/').slice(0, -1)];
  for (const part of specifier.split('/')) {
    if (part === '..') path.pop();
    else if (part !== '.') path.push(part);
  }
  return path[0] === 'src' ? path.slice(1).join('/') : path.join('/');
}

/** The table's name for where a file lies. */
function folderOf(path: string): string {
  const parts = path.split('/');
  const deep = parts[0] === 'engine' || parts[0] === 'public';
  return parts.slice(0, deep ? 2 : 1).join('/');
}

// ── Import direction ────────────────────────────────────────────────────────────────────────────────────────────────

function mayImport(layers: LayerTable, from: string, target: string): boolean {
  const to = folderOf(target);
  if (from === to) return true;
  if (from === 'store' && STORE_LOADS.some((form) => form.test(target))) return true;
  const allowed = layers[from] ?? [];
  return allowed.includes(to) || (allowed.includes('engine') && to.startsWith('engine/') && to !== 'engine/testing');
}

export function wrongImports(files: readonly SourceFile[], layers: LayerTable = LAYERS): string[] {
  return files
    .filter((file) => isSource(file.name) && !isTest(file.name))
    .flatMap((file) => {
      const from = folderOf(file.name);
      if (layers[from] === undefined && !ROOT_FILES_ALONE.includes(from)) return [`${file.name}: ${from} has no row`];
      return importsOf(file.text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => targetOf(file.name, specifier))
        .filter((target) => !mayImport(layers, from, target))
        .map((target) => `${file.name} imports ${target}`);
    });
}

/** One folder of components does not know another, except `shared`; App.tsx, above them all, knows everything. */
export function wrongComponentImports(files: readonly SourceFile[]): string[] {
  const partOf = (path: string) => path.split('/')[1] ?? '';
  return files
    .filter((file) => /^components\/[^/]+\//.test(file.name) && isSource(file.name))
    .flatMap((file) =>
      importsOf(file.text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => targetOf(file.name, specifier))
        .filter((target) => target.startsWith('components/'))
        .filter((target) => partOf(target) !== partOf(file.name) && partOf(target) !== 'shared')
        .map((target) => `${file.name} imports ${target}`),
    );
}

export function testingInProduct(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => isSource(file.name) && !isTesting(file.name))
    .filter((file) => importsOf(file.text).some((s) => targetOf(file.name, s).startsWith('engine/testing')))
    .map((file) => `${file.name} imports engine/testing`);
}

/** The table as ARCHITECTURE.md writes it: a fenced block between two `<!-- layers -->` marks; null when there is none. */
export function layersIn(markdown: string): LayerTable | null {
  const block = /<!-- layers -->\s*```\w*\n([\s\S]*?)```\s*<!-- \/?layers -->/.exec(markdown)?.[1];
  return block === undefined ? null : table(block);
}

/** The rows in one order, for comparing. */
export function layerLines(table: LayerTable): string[] {
  return Object.entries(table)
    .map(([folder, targets]) => `${folder} -> ${[...targets].sort().join(' ')}`)
    .sort();
}

// ── What code may not call ──────────────────────────────────────────────────────────────────────────────────────────

const BANNED_IN_ENGINE: readonly RegExp[] = [
  /\bDate\.now\b/,
  /\bnew Date\b/,
  /\bMath\.random\b/,
  /\bperformance\.now\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\bqueueMicrotask\b/,
  /\bcrypto\.(?:getRandomValues|randomUUID)\b/,
  /\bconsole\./,
];
const PACKAGES_BANNED_IN_ENGINE = /^(?:react|d3|zustand)(?:$|[-/])|^node:/;

/** Same input, same trace: no clock, no chance, no output, no page in the engine. */
export function impureEngine(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => file.name.startsWith('engine/') && isSource(file.name) && !isTesting(file.name))
    .flatMap((file) => {
      const code = withoutCommentsAndStrings(file.text);
      const calls = BANNED_IN_ENGINE.map((ban) => ban.exec(code)?.[0]).filter((found) => found !== undefined);
      const packages = importsOf(file.text).filter((name) => PACKAGES_BANNED_IN_ENGINE.test(name));
      return [...calls, ...packages].map((what) => `${file.name} uses ${what}`);
    });
}

/** Biome bans the bare names; this also sees them behind `window.` and `navigator.`. */
const NETWORK =
  /\bfetch\s*\(|\b(?:window|globalThis|self)\.fetch\b|\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bRTCPeerConnection\b|\bWebTransport\b|\bsendBeacon\b|\bimportScripts\b/;

export function networkUse(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => isSource(file.name) && !isTest(file.name) && file.name !== 'tidy.rules.ts')
    .map((file) => [file.name, NETWORK.exec(withoutCommentsAndStrings(file.text))?.[0]] as const)
    .filter(([, found]) => found !== undefined)
    .map(([name, found]) => `${name} uses ${found}`);
}

// ── Names, samples, paths ───────────────────────────────────────────────────────────────────────────────────────────

/** Such a name says nothing of what is inside, so everything ends up there. */
export function emptyNames(names: readonly string[]): string[] {
  const empty = /(?:^|[-_.]|(?<=[a-z])(?=[A-Z]))(?:utils?|helpers?|managers?)(?=$|[-_.])/i;
  return names.filter((name) => name.split('/').some((part) => empty.test(part)));
}

/** Every folder of public/samples has a table row in its README that names it. */
export function samplesWithoutRow(folders: readonly string[], readme: string): string[] {
  const rows = readme.split('\n').filter((line) => line.trimStart().startsWith('|'));
  return folders.filter((folder) => {
    const whole = new RegExp(`(?<![\\w-])${folder.replaceAll('.', '\\.')}(?![\\w-])`);
    return !rows.some((row) => whole.test(row));
  });
}

/** A path of somebody's own machine means nothing to anybody else. */
export function machinePaths(files: readonly SourceFile[]): string[] {
  const path = /(?<![\w.~-])\/(?:work|home\/[\w.-]+|Users\/[\w.-]+)\/|\b[A-Z]:\\Users\\/;
  return files.flatMap((file) =>
    file.text
      .split('\n')
      .map((line, index) => [index + 1, path.exec(line)?.[0]] as const)
      .filter(([, found]) => found !== undefined)
      .map(([line, found]) => `${file.name}:${line} has ${found}`),
  );
}
