/** What to ask a host for its state: commands whose output this program reads back. */
import type { Host } from '../topology/topology';

/** Only what this host's part in the picture needs: a pod has no bridge and no rules of its own. */
export function stateCommands(host: Host): readonly string[] {
  const common = ['ip -d addr', 'ip route', 'ip neigh'];
  if (host.role === 'pod') return [...common, 'ethtool -S eth0'];
  const sysctls = [
    'sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter',
    ...(host.devices.some(({ link }) => link.kind === 'bridge') ? ['sysctl net.bridge.bridge-nf-call-iptables'] : []),
    ...host.devices
      .filter(({ link }) => link.kind === 'nic')
      .map(({ name }) => `sysctl net.ipv4.conf.${name.replaceAll('.', '/')}.rp_filter`),
  ];
  return [...common, 'bridge fdb show', ...sysctls, 'iptables-save'];
}
