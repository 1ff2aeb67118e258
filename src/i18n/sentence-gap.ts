/** What a cluster's texts do not say, in words: for the page and the command line alike. */
import { formatIpv4 } from '../engine/addr/ipv4';
import { formatPrefix } from '../engine/addr/prefix';
import type { Gap } from '../engine/import/asks';
import type { Catalogue } from './index';

/** `at`: where the command that would tell is typed. The host is named where it is another one. */
export function sayGap(gap: Gap, at: string | null, text: Catalogue['importing']): string {
  const host = gap.kind === 'assumed' ? gap.what.host : gap.kind === 'network' ? null : gap.host;
  const said =
    gap.kind === 'next-hop' ? text.gap(gap, formatIpv4(gap.ip), formatPrefix(gap.prefix)) : text.gap(gap, '', '');
  return host === null || host === at ? said : `${host}: ${said}`;
}
