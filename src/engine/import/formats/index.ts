/** Every format, in the order in which a line without a command is tried. */
import type { Importer } from '../importer';
import { bridgeFdb, bridgeLink } from './bridge';
import { ethtoolFeatures, ethtoolStatistics } from './ethtool';
import { ifconfig } from './ifconfig';
import { ipLink } from './ip-link';
import { ipNeigh } from './ip-neigh';
import { ipRoute } from './ip-route';
import { ipRouteGet } from './ip-route-get';
import { iptablesSave } from './iptables-save';
import { nstat } from './nstat';
import { routeN } from './route-n';
import { sysctl } from './sysctl';

export const FORMATS: readonly Importer[] = [
  bridgeLink,
  ipLink,
  ipNeigh,
  ipRouteGet,
  ipRoute,
  routeN,
  ifconfig,
  bridgeFdb,
  ethtoolStatistics,
  ethtoolFeatures,
  sysctl,
  iptablesSave,
  nstat,
];
