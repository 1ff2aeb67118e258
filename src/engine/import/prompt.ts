/**
 * Shell prompts, and commands that run another command somewhere else. Neither has a standard; these are the ones that
 * Linux distributions, BusyBox and Kubernetes' tools print.
 */
import { splitWords } from '../net/words';

export interface Prompt {
  readonly host: string | null; // null: a prompt without a name, as in a container's shell
  readonly command: string;
}

/** `[root@node1 ~]# route -n`; a web page may have made `[root@node1 <sub>]#` of it. */
const BRACKETED = /^\s*\[(?:[\w.+-]+@)?([A-Za-z0-9][\w.-]*)(?:[ :][^\]]*)?\]\s?[#$%>](?:\s+(.*))?$/;
/** `user@host:~$ ip route` */
const COLON = /^\s*(?:\([\w.-]+\) )?[\w.+-]+@([A-Za-z0-9][\w.-]*):[^#$%]*[#$%](?:\s+(.*))?$/;
/** `/ # ip route`, `bash-5.1# ip route`: a shell in a container */
const NAMELESS = /^(?:\/[\w./-]*|~|(?:ba|a)?sh-[\d.]+)\s?[#$](?:\s+(.*))?$/;
/** `$ ip route`, `# ip route`: a bare mark, as documents and plain shells have it. After `#` only a tool's name is no comment. */
const BARE =
  /^(?:\$\s+(\S.*)|#\s+((?:ip|ifconfig|route|arp|brctl|bridge|ethtool|sysctl|iptables(?:-save)?|kubectl|ping|traceroute|cat|ssh)\s.*)|(kubectl\s+(?:get|exec|logs)\s.*))$/;

export function readPrompt(line: string): Prompt | null {
  const named = BRACKETED.exec(line) ?? COLON.exec(line);
  if (named !== null) return { host: named[1] ?? null, command: (named[2] ?? '').trim() };
  const nameless = NAMELESS.exec(line) ?? BARE.exec(line);
  return nameless === null ? null : { host: null, command: (nameless[1] ?? nameless[2] ?? nameless[3] ?? '').trim() };
}

/** Where a command really runs. `shell`: it opened a shell there, and what follows is typed into it. */
export interface Placed {
  readonly host: string | null;
  readonly words: readonly string[]; // empty where several commands stand in one line
  readonly shell: boolean;
}

/** Follows `sudo`, `kubectl exec POD --`, `ssh NODE`, `ip netns exec NS`, `docker exec NAME` to the command itself. */
export function placed(host: string | null, command: string): Placed {
  let place = host;
  let words: readonly string[] = splitWords(command.split(/\s\|\s/, 1)[0] ?? '');
  let moved = false;
  for (let depth = 0; depth < 8; depth += 1) {
    const step = enter(words);
    if (step === null) break;
    if (step.host !== undefined) {
      place = step.host;
      moved = true;
    }
    words = step.words;
  }
  if (moved && (words.length === 0 || isShell(words))) return { host: place, words: [], shell: true };
  return { host: place, words: /;|&&|\|\||\n/.test(command) ? [] : words, shell: false };
}

const isShell = (words: readonly string[]): boolean =>
  words.length === 1 && /^(?:\/?(?:usr\/)?bin\/)?(?:ba|da|a|z)?sh$/.test(words[0] ?? '');

interface Entered {
  readonly host?: string | null; // absent: stays where it is
  readonly words: readonly string[];
}

function enter(words: readonly string[]): Entered | null {
  const [tool = '', ...rest] = words;
  switch (tool.split('/').at(-1)) {
    case 'sudo':
      return { words: afterOptions(rest, /^-[ugCpr]$/) };
    case 'sh':
    case 'bash':
    case 'ash': {
      const script = /^-[a-z]*c$/.test(rest[0] ?? '') ? rest[1] : undefined;
      return script === undefined ? null : { words: splitWords(script) };
    }
    case 'kubectl':
    case 'oc':
    case 'k':
    case 'k3s':
      return enterPod(rest);
    case 'ssh': {
      const [target = '', ...inner] = afterOptions(rest, /^-[bcDEeFIiJLlmOopQRSWw]$/);
      return target === '' ? null : { host: target.slice(target.indexOf('@') + 1), words: inner };
    }
    case 'docker':
    case 'nerdctl':
    case 'podman':
    case 'crictl': {
      if (rest[0] !== 'exec') return null;
      const [target = '', ...inner] = afterOptions(rest.slice(1), /^(?:-[euw]|--env|--user|--workdir)$/);
      return target === '' ? null : { host: target, words: inner };
    }
    case 'ip': {
      const [object, verb, name = '', ...inner] = rest;
      if (object !== 'netns' || verb !== 'exec' || name === '') return null;
      return { host: name, words: inner };
    }
    case 'nsenter':
      return { host: null, words: afterOptions(rest, /^(?:-t|--target)$/) }; // some process's namespace: whose, it does not say
    default:
      return null;
  }
}

const KUBECTL_VALUE = /^(?:-n|-c|--namespace|--container|--context|--kubeconfig|--cluster|-s|--server|--user|--as)$/;

function enterPod(words: readonly string[]): Entered | null {
  const [verb, ...rest] = afterOptions(words, KUBECTL_VALUE);
  if (verb === 'kubectl') return enterPod(rest); // `k3s kubectl …`
  if (verb === 'logs') return logsOf(rest);
  if (verb !== 'exec') return null;
  const [pod = '', ...more] = afterOptions(rest, KUBECTL_VALUE);
  if (pod === '') return null;
  const dashes = more.indexOf('--');
  return {
    host: pod.slice(pod.indexOf('/') + 1),
    words: dashes === -1 ? afterOptions(more, KUBECTL_VALUE) : more.slice(dashes + 1),
  };
}

/** `kubectl logs POD` prints what that pod wrote; of `ds/NAME` or a label it does not say which pod's. */
function logsOf(words: readonly string[]): Entered | null {
  const [target = ''] = afterOptions(words, KUBECTL_VALUE);
  if (target === '') return null;
  const [kind, pod] = target.split('/');
  const one = pod === undefined ? target : kind === 'pod' || kind === 'pods' ? pod : null;
  return { host: one, words: ['kubectl', 'logs'] };
}

/** The words from the first that is no option; `takesValue` tells which options have one. */
function afterOptions(words: readonly string[], takesValue: RegExp): readonly string[] {
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    if (word === '--') return words.slice(at + 1);
    if (!word.startsWith('-')) break;
    at += takesValue.test(word) ? 2 : 1;
  }
  return words.slice(at);
}
