import type { Plugin } from 'vite';

/** What the first screen needs but the page asks for only once it runs: the model, the texts, the frame. */
const NEEDED = [/\/src\/store\/engine\.ts$/, /\/src\/i18n\/en\/index\.ts$/, /\/components\/step\/FrameSection\.tsx$/];

/** Build only: the browser fetches and reads these beside the page itself, not after it. They run when they are asked for. */
export function preloadFirstScreen(): Plugin {
  return {
    name: 'hopscope:preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) =>
        Object.values(bundle).flatMap((chunk) => {
          const of = chunk.type === 'chunk' ? chunk.facadeModuleId : null;
          if (of === null || of === undefined || !NEEDED.some((one) => one.test(of))) return [];
          return [
            { tag: 'link', attrs: { rel: 'modulepreload', href: `./${chunk.fileName}` }, injectTo: 'head' as const },
          ];
        }),
    },
  };
}
