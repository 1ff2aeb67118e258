/** What the time line of the control plane needs of the engine: loaded when one is opened, or a link asks for one. */
export { exampleEvents } from '../engine/control-plane/examples';
export { playControlPlane } from '../engine/control-plane/play';
export { specOf, told } from '../engine/findings/derive-spec';
