/** Every format, in the order in which a line without a command is tried. */
import type { DocumentImporter, Importer } from '../importer';
import { arp } from './arp';
import { brctlShow } from './brctl-show';
import { brctlShowmacs } from './brctl-showmacs';
import { bridgeFdb, bridgeLink } from './bridge';
import { bridgeJsonFdb } from './bridge-json-fdb';
import { ethtoolFeatures, ethtoolStatistics } from './ethtool';
import { flanneldLog } from './flanneld-log';
import { ifconfig } from './ifconfig';
import { ipBrief } from './ip-brief';
import { ipJsonLink } from './ip-json-link';
import { ipJsonNeigh } from './ip-json-neigh';
import { ipJsonRoute } from './ip-json-route';
import { ipLink } from './ip-link';
import { ipNeigh } from './ip-neigh';
import { ipRoute } from './ip-route';
import { ipRouteGet } from './ip-route-get';
import { iptablesSave } from './iptables-save';
import { kubectlNodes } from './kubectl-nodes';
import { kubectlPods } from './kubectl-pods';
import { kubernetesObjects } from './kubernetes-objects';
import { netConf } from './net-conf';
import { nstat } from './nstat';
import { ping } from './ping';
import { routeN } from './route-n';
import { subnetEnv } from './subnet-env';
import { procSys, sysctl } from './sysctl';
import { traceroute } from './traceroute';

export const FORMATS: readonly Importer[] = [
  bridgeLink,
  ipBrief,
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
  procSys,
  iptablesSave,
  nstat,
  arp,
  brctlShow,
  brctlShowmacs,
  kubectlPods,
  kubectlNodes,
  subnetEnv,
  flanneldLog,
  ping,
  traceroute,
];

/** Formats that are documents, in the order in which a value is tried. */
export const DOCUMENTS: readonly DocumentImporter[] = [
  kubernetesObjects,
  netConf,
  ipJsonLink,
  ipJsonRoute,
  ipJsonNeigh,
  bridgeJsonFdb,
];

const TOOLS: ReadonlyMap<string, string> = new Map([...FORMATS, ...DOCUMENTS].map(({ name, tool }) => [name, tool]));

/** Whose output a format is. */
export const toolOf = (format: string): string => TOOLS.get(format) ?? format;
