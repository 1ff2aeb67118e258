import { type ComponentType, lazy } from 'react';

/** A part of the page that comes when it is first shown. It stands within `Awaited`. */
export const later = <P extends object>(load: () => Promise<ComponentType<P>>) =>
  lazy(async () => ({ default: await load() }));
