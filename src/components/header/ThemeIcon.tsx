import type { Theme } from '../../store/store';

/** A disc: half filled = as the system, outlined with rays = light, filled = dark. */
export function ThemeIcon({ theme }: { readonly theme: Theme }) {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      {theme === 'light' ? (
        <>
          <circle cx="9" cy="9" r="3.6" />
          <path d="M9 1v2M9 15v2M1 9h2M15 9h2M3.3 3.3l1.5 1.5M13.2 13.2l1.5 1.5M3.3 14.7l1.5-1.5M13.2 4.8l1.5-1.5" />
        </>
      ) : theme === 'dark' ? (
        <path d="M14.8 11.2A6.6 6.6 0 0 1 6.8 3.2a6.6 6.6 0 1 0 8 8Z" fill="currentColor" />
      ) : (
        <>
          <circle cx="9" cy="9" r="6.6" />
          <path d="M9 2.4a6.6 6.6 0 0 1 0 13.2Z" fill="currentColor" stroke="none" />
        </>
      )}
    </svg>
  );
}
