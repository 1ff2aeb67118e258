/** The frame that a filter is asked about, and where its headers are at each level that the filter looks at. */
import { NO_BYTES } from '../base/bytes';
import { type Frame, findPlace, newPlace, type Place } from './place';
import type { Level } from './types';

export class Seen {
  private readonly levels: SeenAtLevel[] = [];
  frame: Frame = { bytes: NO_BYTES, linkType: 0, originalLength: 0 };
  /** Name of the capture point where it was seen. */
  point: string | null = null;

  turnTo(frame: Frame, point: string | null): void {
    this.frame = frame;
    this.point = point;
    for (const level of this.levels) level.isLookedFor = false;
  }

  /** For the primitives of one level; the same one for all of them. */
  at(level: Level): SeenAtLevel {
    const known = this.levels.find(({ level: { tunnels, tags } }) => tunnels === level.tunnels && tags === level.tags);
    if (known !== undefined) return known;
    const added = new SeenAtLevel(this, level);
    this.levels.push(added);
    return added;
  }
}

export class SeenAtLevel {
  private readonly found = newPlace();
  private isThere = false;
  isLookedFor = false;

  constructor(
    private readonly seen: Seen,
    readonly level: Level,
  ) {}

  /** Looked for when it is first asked for. Null if the frame has no such tunnel or tag. */
  place(): Place | null {
    if (!this.isLookedFor) {
      this.isLookedFor = true;
      this.isThere = findPlace(this.found, this.seen.frame, this.level);
    }
    return this.isThere ? this.found : null;
  }
}
