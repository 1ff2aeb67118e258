const PATHS = {
  first: 'M3 3h2v12H3zM15 3v12l-8-6z',
  back: 'M12.5 3v12l-8-6z',
  play: 'M5 3v12l10-6z',
  pause: 'M4.5 3h3v12h-3zM10.5 3h3v12h-3z',
  forward: 'M5.5 3v12l8-6z',
  last: 'M13 3h2v12h-2zM3 3v12l8-6z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" fill="currentColor" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
