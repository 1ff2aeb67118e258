/** Printed sysctls as the values that change forwarding. Documentation/networking/ip-sysctl.rst of Linux. */
import { PLAIN_SYSCTLS, type Sysctls } from '../topology/topology';
import type { FactOf } from './facts';

type PerDevice = {
  -readonly [K in 'rpFilter' | 'proxyArp' | 'forwarding']?: K extends 'rpFilter' ? 0 | 1 | 2 : boolean;
};

/** The later of two values counts. What nobody printed keeps the kernel's default. */
export function sysctlsOf(facts: readonly FactOf<'sysctl'>[]): Sysctls {
  const out = { ...PLAIN_SYSCTLS };
  const perDevice = new Map<string, PerDevice>();
  for (const { key, value } of facts) {
    if (key === 'net.ipv4.ip_forward' || key === 'net.ipv4.conf.all.forwarding') out.ipForward = isOn(value);
    else if (key === 'net.ipv4.conf.all.rp_filter') out.rpFilterAll = filterMode(value);
    else if (key === 'net.bridge.bridge-nf-call-iptables') out.bridgeNfCallIptables = isOn(value);
    else {
      // A dot within a device's name is written as a slash.
      const [, dev = '', field] = /^net\.ipv4\.conf\.(.+)\.(rp_filter|proxy_arp|forwarding)$/.exec(key) ?? [];
      if (dev === '' || dev === 'all' || dev === 'default') continue;
      const name = dev.replaceAll('/', '.');
      const known = perDevice.get(name) ?? {};
      perDevice.set(name, known);
      if (field === 'rp_filter') known.rpFilter = filterMode(value);
      else if (field === 'proxy_arp') known.proxyArp = isOn(value);
      else known.forwarding = isOn(value);
    }
  }
  return { ...out, perDevice };
}

const isOn = (value: string | null): boolean => value !== null && /^[1-9]/.test(value);
const filterMode = (value: string | null): 0 | 1 | 2 => (value === '1' ? 1 : value === '2' ? 2 : 0);
