/** All of d3 that the graph needs, in a file of its own: the first screen is drawn without it. */
import 'd3-transition';

export { easeCubicInOut } from 'd3-ease';
export { select } from 'd3-selection';
export { zoom, zoomIdentity } from 'd3-zoom';
