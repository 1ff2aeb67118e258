/**
 * `ip route get`: the kernel's own answer. A symptom to set beside the model's answer, not part of the cluster.
 *
 *   10.244.2.2 from 10.244.1.4 via 192.168.0.82 dev ens33
 *       cache iif cni0
 */
import { readIpv4 } from '../../addr/ipv4';
import { type Importer, iproute2, Notes, wordAfter, wordsOf } from '../importer';

const CACHE = /^\s*cache\b/;

export const looksLikeAnswer = (line: string): boolean =>
  CACHE.test(line) ||
  /^\s*(?:(?:local|broadcast|multicast)\s+)?(?:\d{1,3}\.){3}\d{1,3}\s(?:.*\s)?(?:uid\s+\d|from\s+[\d.]+\s+(?:via|dev)\s)/.test(
    line,
  );

export const ipRouteGet: Importer = {
  name: 'ip-route-get',
  tool: 'ip(8) of iproute2: ip route get',
  prints: (command) => {
    const [tool, object, verb = ''] = iproute2(command);
    return tool === 'ip' && object === 'route' && verb !== '' && 'get'.startsWith(verb);
  },
  starts: looksLikeAnswer,
  read: (lines, command) => {
    const notes = new Notes();
    const asked = readIpv4(iproute2(command)[3] ?? '');
    for (const [at, line] of lines.entries()) {
      const words = wordsOf(line).filter(
        (word) => !/^(?:local|broadcast|multicast|unreachable|blackhole|prohibit)$/.test(word),
      );
      if (words.length === 0 || CACHE.test(line)) continue;
      const dst = readIpv4(words[0] ?? '');
      const via = readIpv4(wordAfter(words, 'via') ?? '');
      if (dst !== null) notes.add(at, { kind: 'route-answer', dst, via, dev: wordAfter(words, 'dev'), error: null });
      else if (/^RTNETLINK answers:|^Error:/.test(line)) {
        notes.add(at, {
          kind: 'route-answer',
          dst: asked,
          via: null,
          dev: null,
          error: line.replace(/^[^:]*:\s*/, ''),
        });
      } else notes.skip(at);
    }
    return notes;
  },
};
