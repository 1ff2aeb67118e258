/** Simplified Chinese. Kernel terms stay English (cni0, FORWARD), with a gloss where one exists. */
import type { en } from '../en';
import { app } from './app';
import { captures } from './captures';
import { changes } from './changes';
import { cluster } from './cluster';
import { commands } from './commands';
import { controlPlane } from './control-plane';
import { drop } from './drop';
import { drops, withheld } from './drops';
import { events } from './events';
import { faults } from './faults';
import { field } from './field';
import { fields } from './fields';
import { findings } from './findings';
import { graph } from './graph';
import { help } from './help';
import { importing } from './import';
import { importProgress } from './import-progress';
import { ladder } from './ladder';
import { link } from './link';
import { matrix } from './matrix';
import { names } from './names';
import { panel } from './panel';
import { placing } from './placing';
import { problems } from './problems';
import { reading } from './reading';
import { stepper } from './stepper';
import { verdict } from './verdict';
import { verdictPanel } from './verdict-panel';
import { wire } from './wire';

export const zh: typeof en = {
  app,
  captures,
  changes,
  cluster,
  commands,
  controlPlane,
  drop,
  drops,
  events,
  faults,
  field,
  fields,
  findings,
  graph,
  help,
  importing,
  importProgress,
  ladder,
  link,
  matrix,
  names,
  panel,
  placing,
  problems,
  reading,
  stepper,
  verdict,
  verdictPanel,
  wire,
  withheld,
};
