/** What the user's own cluster needs of the engine: loaded when it is first asked for. */
export { anonymised } from '../engine/export/anonymise';
export { collectScript } from '../engine/export/collect-script';
export { labScript } from '../engine/export/lab-script';
export { importTexts } from '../engine/import/import';
export { fromFile, toFile } from '../engine/topology/file';
export { firstQuestion } from '../engine/topology/first-question';
