import { type ComponentType, lazy } from 'react';
import { whileBusy } from '../../store/environment';

/** A part of the page that comes when it is first shown; until it is there the page counts as busy. */
export const later = <P extends object>(load: () => Promise<ComponentType<P>>) =>
  lazy(async () => ({ default: await whileBusy(load()) }));
