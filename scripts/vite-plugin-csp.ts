import type { Plugin } from 'vite';

/**
 * Nothing leaves the page: no connections at all, no script but our own files, no worker but our own blob.
 * SECURITY.md says what a policy in a <meta> element cannot stop.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  'worker-src blob:',
  "manifest-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

/** Build only: the dev server needs inline styles and a web socket. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'hopscope:csp',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        // First in <head>: a policy binds only what comes after it.
        injectTo: 'head-prepend',
      },
    ],
  };
}
