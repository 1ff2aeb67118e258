/**
 * The page's policy demands trusted types. This default policy lets one thing through, the inlined worker's blob: URL;
 * markup and script text made from strings stay forbidden.
 */
interface PolicyFactory {
  createPolicy(name: 'default', rules: { createScriptURL(url: string): string | null }): unknown;
}

// Not in every supported browser, nor in TypeScript's own DOM types.
const factory = (globalThis as { readonly trustedTypes?: PolicyFactory }).trustedTypes;

factory?.createPolicy('default', { createScriptURL: (url) => (url.startsWith('blob:') ? url : null) });

export {};
