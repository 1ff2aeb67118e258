import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { CONTENT_SECURITY_POLICY } from './vite-plugin-csp.ts';

/**
 * The same policy for a page that is one file: what it holds is allowed by its hash, nothing else is. Comes after the
 * plugin that puts everything into the page.
 */
export function inlineContentSecurityPolicy(): Plugin {
  return {
    name: 'hopscope:inline-csp',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
          const html = typeof file.source === 'string' ? file.source : new TextDecoder().decode(file.source);
          file.source = withPolicy(html);
        }
      },
    },
  };
}

function withPolicy(html: string): string {
  const policy = CONTENT_SECURITY_POLICY.replace("script-src 'self'", `script-src ${hashesOf(html, 'script')}`)
    .replace("style-src 'self'", `style-src ${hashesOf(html, 'style')}`)
    .replace("manifest-src 'self'; ", '')
    .replace("font-src 'self'; ", '');
  // First in <head>: a policy binds only what comes after it.
  return html.replace('<head>', () => `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`);
}

/** The browser hashes exactly what stands between the tags. */
function hashesOf(html: string, tag: 'script' | 'style'): string {
  const bodies = [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(
    ([, body]) => body ?? '',
  );
  if (bodies.length === 0) throw new Error(`the page holds no <${tag}>: its policy would allow none`);
  return bodies.map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`).join(' ');
}
