/** English. One file per area of the page; `**…**` marks the values the eye should find first. */
import { app } from './app';
import { captures } from './captures';
import { drops, withheld } from './drops';
import { events } from './events';
import { fields } from './fields';
import { graph } from './graph';
import { help } from './help';
import { ladder } from './ladder';
import { matrix } from './matrix';
import { names } from './names';
import { panel } from './panel';
import { problems } from './problems';
import { stepper } from './stepper';

export const en = {
  app,
  captures,
  drops,
  events,
  fields,
  graph,
  help,
  ladder,
  matrix,
  names,
  panel,
  problems,
  stepper,
  withheld,
};
