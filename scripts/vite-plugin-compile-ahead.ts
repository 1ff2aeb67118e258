import type { Plugin } from 'vite';

/**
 * Chromium compiles a function when it is first called, on the thread that draws. After this comment it compiles all of a file
 * beforehand, on another thread. Other browsers see a comment.
 * https://github.com/WICG/explicit-javascript-compile-hints-file-based
 */
const HINT = '//# allFunctionsCalledOnLoad\n';

/** Build only: for the files of these names, most of which runs before the first screen is drawn. */
export function compileAhead(names: readonly string[]): Plugin {
  return {
    name: 'hopscope:compile-ahead',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler: (_, bundle) => {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === 'chunk' && names.includes(chunk.name)) chunk.code = HINT + chunk.code;
        }
      },
    },
  };
}
