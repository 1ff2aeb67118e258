// First: it sets the order of the style layers.
import './components/theme.css';
import { boot } from './store/boot';

// The first session is worked out while what draws it is still being fetched.
const [{ draw }] = await Promise.all([import('./components/draw'), boot()]);
draw();
