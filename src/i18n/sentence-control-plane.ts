/** A step of the control plane's time line as a sentence. */
import { formatIpv4 } from '../engine/addr/ipv4';
import { formatPrefix } from '../engine/addr/prefix';
import { unreachable } from '../engine/base/result';
import type { ControlStep } from '../engine/control-plane/step';
import type { InterfaceAddress } from '../engine/net/device';
import { formatRoute } from '../engine/net/route-text';
import type { Catalogue } from './index';
import { num, plain } from './sentence-values';

export const sayControlStep = (step: ControlStep, text: Catalogue): string => text.names.finish(sentence(step, text));

const address = ({ ip, prefixLen }: InterfaceAddress): string => `${formatIpv4(ip)}/${prefixLen}`;

function sentence({ host: node, happening }: ControlStep, text: Catalogue): string {
  const { happenings: t, errnos } = text.controlPlane;
  switch (happening.kind) {
    case 'node-registered': {
      const { podCidr, isNew } = happening;
      return t[happening.kind]({ node, podCidr: podCidr === null ? null : formatPrefix(podCidr), isNew });
    }
    case 'address-changed': {
      const { dev, before, after } = happening;
      return t[happening.kind]({ node, dev, before: address(before), after: address(after) });
    }
    case 'typed':
      return t[happening.kind]({ node, command: plain(happening.command), refused: happening.refused });
    case 'node-deleted':
    case 'powered-off':
    case 'flannel-stopped':
    case 'no-such-node':
    case 'rules-written':
    case 'rules-recovered':
    case 'flannel-ready':
      return t[happening.kind]({ node });
    case 'interface-chosen':
      return t[happening.kind]({ node, dev: happening.dev, address: address(happening.address) });
    case 'start-failed':
      return t[happening.kind]({ node, why: happening.why });
    case 'annotated':
    case 'lease-added':
    case 'lease-removed':
    case 'lease-ignored': {
      const { subnet, publicIp, backend } = happening.lease;
      const values = { node, subnet: formatPrefix(subnet), publicIp: formatIpv4(publicIp), backend };
      return happening.kind === 'annotated'
        ? t.annotated({ ...values, changed: happening.changed })
        : t[happening.kind](values);
    }
    case 'subnet-env-written':
      return t[happening.kind]({ subnet: address(happening.subnet), mtu: num(happening.mtuBytes) });
    case 'route-added':
    case 'route-kept':
    case 'route-removed':
    case 'route-gone-already':
    case 'route-recovered':
      return t[happening.kind]({ node, route: formatRoute(happening.route) });
    case 'route-replaced':
      return t[happening.kind]({ node, before: formatRoute(happening.before), route: formatRoute(happening.route) });
    case 'route-refused':
    case 'recovery-refused':
      return t[happening.kind]({ node, route: formatRoute(happening.route), why: errnos[happening.errno] });
    case 'bridge-made':
      return t[happening.kind]({ node, bridge: happening.bridge, address: address(happening.address) });
    case 'pod-connected': {
      const { pod, veth } = happening;
      return t[happening.kind]({ node, pod, address: address(happening.address), veth });
    }
    case 'cni-refused':
      return t[happening.kind]({ node, pod: happening.pod, text: plain(happening.text) });
    default:
      return unreachable(happening);
  }
}
