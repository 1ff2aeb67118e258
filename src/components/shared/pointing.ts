/** What points at a field: the mouse on a row or on bytes, the keyboard's focus, a tap. */
import { pointAtField } from '../../store/actions';
import { useApp } from '../../store/store';

const isPointedAt = (name: string | null): boolean => useApp.getState().fieldUnderPointer === name;

/** Who stops pointing clears only what it pointed at itself: by then something else may be pointed at. */
const leave = (name: string | null): void => {
  if (isPointedAt(name)) pointAtField(null);
};

/** Moving, not entering: a mouse at rest, under which the page scrolls, points at nothing. */
export const byMouse = (name: string | null) => ({
  onMouseMove: () => {
    if (!isPointedAt(name)) pointAtField(name);
  },
  onMouseLeave: () => leave(name),
});

export const byFocus = (name: string | null) => ({
  onFocus: () => pointAtField(name),
  onBlur: () => leave(name),
  onClick: () => pointAtField(name),
});
