import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  emptyNames,
  importsOf,
  impureEngine,
  LAYERS,
  layerLines,
  layersIn,
  machinePaths,
  networkUse,
  type SourceFile,
  samplesWithoutRow,
  testingInProduct,
  wrongComponentImports,
  wrongImports,
} from './tidy.rules';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');
const NOT_OURS = new Set([
  '.git',
  'node_modules',
  'dist',
  'dist-offline',
  'coverage',
  'reports',
  'test-results',
  'playwright-report',
]);

function namesUnder(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = join(dir, entry.name);
    return entry.isDirectory() ? namesUnder(path) : [path];
  });
}

const filesUnder = (dir: string): SourceFile[] =>
  namesUnder(dir)
    .map((path) => ({ name: relative(dir, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .filter((file) => !file.text.includes('\0')); // bytes, not text

const sources = filesUnder(SRC);
const everything = filesUnder(ROOT);
const textOf = (name: string) => everything.find((file) => file.name === name)?.text;

/** One planted file, as the rules take them. */
const file = (name: string, text: string): SourceFile[] => [{ name, text }];

describe('import direction', () => {
  test('the project follows the layer table', () => expect(wrongImports(sources)).toEqual([]));

  test.each([
    ['one line', `import { run } from '../sim/run';`],
    ['several lines', `import {\n  run,\n  type Run,\n} from '../sim/run';`],
    ['a type', `import type { Run } from '../sim/run';`],
    ['an export', `export { run } from '../sim/run';`],
    ['export all', `export * from "../sim/run";`],
    ['a late import', `const later = await import('../sim/run');`],
    ['a type query', `type Run = import('../sim/run').Run;`],
    ['a side effect', `import '../sim/run';`],
    ['after a comment with a quote', `// don't\nimport { run } from '../sim/run';`],
  ])('sees a wrong import written as %s', (_, text) => {
    expect(wrongImports(file('engine/net/fib.ts', text))).toEqual(['engine/net/fib.ts imports engine/sim/run']);
  });

  test('does not take a comment for an import', () => {
    const text = `// as in: import { run } from '../sim/run'\n/* from '../sim/run' */`;
    expect(importsOf(text)).toEqual([]);
  });

  test.each([
    ['engine/wire/arp.ts', '../capture/pcap'],
    ['engine/capture/pcap.ts', '../net/fib'],
    ['engine/import/ip-route.ts', '../sim/world'],
    ['engine/topology/scenarios/article.ts', '../../sim/world'],
    ['engine/export/lab.ts', '../testing/hex'],
    ['engine/sim/world.ts', '../../i18n/en'],
    ['i18n/en.ts', '../store/store'],
    ['store/store.ts', '../components/App'],
    ['store/store.ts', '../../e2e/page'],
    ['components/App.tsx', '../workers/capture?worker&inline'],
    ['components/App.tsx', '../../public/samples/article/pod1.cap?bytes'],
    ['store/files.ts', '../workers/capture'],
    ['cli/main.ts', '../store/store'],
    ['trusted-types.ts', './store/store'],
  ])('%s may not import %s', (name, target) => {
    expect(wrongImports(file(name, `import '${target}';`))).toHaveLength(1);
  });

  test.each([
    ['engine/comparison/match.ts', '../capture/open'],
    ['engine/topology/scenarios/article.ts', '../../flannel/lease'],
    ['engine/export/lab.ts', '../topology/topology'],
    ['engine/testing/fib.ts', '../net/fib'],
    ['store/files.ts', '../workers/capture?worker&inline'],
    ['store/samples.ts', '../../public/samples/article/pod1.cap?bytes'],
    ['components/stepper/Stepper.tsx', '../../i18n/en'],
    ['components/stepper/Stepper.tsx', './stepper.module.css'],
    ['main.ts', './components/draw'],
  ])('%s may import %s', (name, target) => {
    expect(wrongImports(file(name, `import '${target}';`))).toEqual([]);
  });

  test('a folder without a row is reported', () => {
    expect(wrongImports(file('engine/misc/x.ts', ''))).toEqual(['engine/misc/x.ts: engine/misc has no row']);
    expect(wrongImports(file('lib/x.ts', ''))).toEqual(['lib/x.ts: lib has no row']);
  });
});

describe('components', () => {
  test('no folder of the project knows another, except shared', () => {
    expect(wrongComponentImports(sources)).toEqual([]);
  });

  test('a folder that imports another is reported', () => {
    const found = wrongComponentImports(
      file('components/stepper/Stepper.tsx', `import { G } from '../topology/Graph';`),
    );
    expect(found).toEqual(['components/stepper/Stepper.tsx imports components/topology/Graph']);
  });

  test('a folder may import itself and shared, and only App.tsx imports all', () => {
    const own = file('components/stepper/a.tsx', `import './b';\nimport '../shared/Mark';`);
    const app = file('components/App.tsx', `import './topology/Graph';\nimport './stepper/Stepper';`);
    expect(wrongComponentImports([...own, ...app])).toEqual([]);
    expect(wrongComponentImports(file('components/stepper/a.tsx', `import '../App';`))).toHaveLength(1);
    expect(wrongComponentImports(file('components/shared/a.tsx', `import '../stepper/b';`))).toHaveLength(1);
  });
});

describe('engine/testing', () => {
  test('is imported by tests only', () => expect(testingInProduct(sources)).toEqual([]));

  test('its use in the product is reported, in a test it is not', () => {
    const text = `import { fib } from '../testing/fib';`;
    expect(testingInProduct(file('engine/net/fib.ts', text))).toEqual(['engine/net/fib.ts imports engine/testing']);
    expect(testingInProduct(file('engine/net/fib.test.ts', text))).toEqual([]);
  });
});

describe('the engine', () => {
  test('is deterministic and free of the page', () => expect(impureEngine(sources)).toEqual([]));

  test.each([
    'const t = Date.now();',
    'const t = new Date();',
    'const r = Math.random();',
    'const t = performance.now();',
    'setTimeout(f, 1);',
    'console.log(1);',
    `import { useState } from 'react';`,
    `import { line } from 'd3-shape';`,
    `import { create } from 'zustand';`,
    `import { readFileSync } from 'node:fs';`,
  ])('%s is reported', (text) => {
    expect(impureEngine(file('engine/sim/run.ts', text))).toHaveLength(1);
  });

  test('a comment or a text may name what code may not call', () => {
    const text = `// no Date.now here\nconst said = 'console.log and new Date';`;
    expect(impureEngine(file('engine/sim/run.ts', text))).toEqual([]);
  });
});

describe('the network', () => {
  test('is not used by anything in src', () => expect(networkUse(sources)).toEqual([]));

  test.each([
    `fetch('x')`,
    'globalThis.fetch',
    'new XMLHttpRequest()',
    'new WebSocket(u)',
    'new EventSource(u)',
    'new RTCPeerConnection()',
    'navigator.sendBeacon(u)',
  ])('%s is reported', (text) => {
    expect(networkUse(file('store/files.ts', text))).toHaveLength(1);
  });
});

describe('names', () => {
  test('every file is named after what it holds', () => {
    expect(emptyNames(sources.map((source) => source.name))).toEqual([]);
  });

  test('utils, helper and manager are reported, wherever they stand in a name', () => {
    const bad = [
      'engine/net/utils.ts',
      'store/file-helper.ts',
      'components/shared/FocusManager.tsx',
      'engine/util/x.ts',
    ];
    expect(emptyNames([...bad, 'engine/net/fib.ts', 'components/shared/Futile.tsx'])).toEqual(bad);
  });
});

describe('ARCHITECTURE.md', () => {
  const markdown = textOf('ARCHITECTURE.md');

  test.skipIf(markdown === undefined)('holds the layer table of tidy.rules.ts', () => {
    expect(layerLines(layersIn(markdown ?? '') ?? {})).toEqual(layerLines(LAYERS));
  });

  test('a table that differs is seen', () => {
    const written = (lines: string[]) =>
      `text\n<!-- layers -->\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n<!-- /layers -->\n`;
    expect(layerLines(layersIn(written(layerLines(LAYERS))) ?? {})).toEqual(layerLines(LAYERS));
    expect(layerLines(layersIn(written(layerLines(LAYERS).slice(1))) ?? {})).not.toEqual(layerLines(LAYERS));
    expect(layersIn('no table')).toBeNull();
  });
});

describe('public/samples', () => {
  const dir = join(ROOT, 'public', 'samples');
  const readme = textOf('public/samples/README.md');

  test.skipIf(!existsSync(dir))('every folder has a row in the README', () => {
    const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(
      samplesWithoutRow(
        folders.map((entry) => entry.name),
        readme ?? '',
      ),
    ).toEqual([]);
  });

  test('a folder without a row is reported', () => {
    const table = '| folder | made by |\n| --- | --- |\n| `article/` | the article |\nping-df is only prose';
    expect(samplesWithoutRow(['article', 'ping-df', 'art'], table)).toEqual(['ping-df', 'art']);
  });
});

describe('paths of one machine', () => {
  test('stand in no file of the project', () => expect(machinePaths(everything)).toEqual([]));

  test('are reported with their line', () => {
    // Composed, so that this file passes its own rule.
    const text = `fine\nsee ${'/wo'}rk/main/x and\n${'/ho'}me/me/x`;
    expect(machinePaths(file('README.md', text))).toEqual([
      `README.md:2 has ${'/wo'}rk/`,
      `README.md:3 has ${'/ho'}me/me/`,
    ]);
  });

  test('a relative path or a web address is not one', () => {
    expect(machinePaths(file('README.md', 'docs/home/me/x https://example.org/home/me/x ./home/me/x'))).toEqual([]);
  });
});
