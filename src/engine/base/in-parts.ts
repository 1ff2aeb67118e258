/** Long work that rests (`yield`) between its parts: a page can then draw and answer before it goes on. */
export type InParts<T> = Generator<void, T, void>;

/** All of it in one go. */
export function inOneGo<T>(work: InParts<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
