/** What the user's own cluster needs of the engine: loaded when it is first asked for. */
export { exampleEvents } from '../engine/control-plane/examples';
export { playControlPlane } from '../engine/control-plane/play';
export { anonymised } from '../engine/export/anonymise';
export { collectScript } from '../engine/export/collect-script';
export { labScript } from '../engine/export/lab-script';
export { specOf, told } from '../engine/findings/derive-spec';
export { judged } from '../engine/findings/judge';
export { asksFor } from '../engine/import/asks';
export { toolOf } from '../engine/import/formats';
export { importTexts } from '../engine/import/import';
export { isUnderstood } from '../engine/import/read';
export { asksShown, NO_ASKS, reportShown } from '../engine/import/report-shown';
export { fromFile, toFile } from '../engine/topology/file';
export { firstQuestion } from '../engine/topology/first-question';
