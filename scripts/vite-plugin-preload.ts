import type { Plugin } from 'vite';

/** What the first screen needs but the page asks for only once it runs: what draws it, and the texts. */
const NEEDED = [/\/src\/components\/draw\.tsx$/, /\/src\/i18n\/en\/index\.ts$/];

/** Build only: the browser fetches and reads these beside the page itself, not after it. They run when they are asked for. */
export function preloadFirstScreen(): Plugin {
  return {
    name: 'hopscope:preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const wanted = new Set<string>();
        const want = (file: string): void => {
          const chunk = bundle[file];
          if (chunk?.type !== 'chunk' || wanted.has(file) || html.includes(file)) return;
          wanted.add(file);
          chunk.imports.forEach(want);
        };
        for (const chunk of Object.values(bundle)) {
          const of = chunk.type === 'chunk' ? chunk.facadeModuleId : null;
          if (of !== null && of !== undefined && NEEDED.some((one) => one.test(of))) want(chunk.fileName);
        }
        return [...wanted].map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', href: `./${file}`, 'data-beside': true },
          injectTo: 'head' as const,
        }));
      },
    },
  };
}
