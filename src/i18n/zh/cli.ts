import { unreachable } from '../../engine/base/result';
import type { CommandError } from '../../engine/sim/command';
import { FIELD_NAMES } from '../../engine/wire/types';
import type { CliProblem, cli as en } from '../en/cli';
import { fileError } from './cluster-file';
import { COMPARE_HELP } from './compare-help';
import { diagnosis } from './diagnosis';
import { fields } from './fields';
import { filter } from './filter';
import { importing } from './import';
import { IMPORT_HELP } from './import-help';
import { problems } from './problems';

const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: '文件不存在',
  EACCES: '没有权限',
  EISDIR: '这是一个文件夹',
  ENOTDIR: '路径中有一部分是文件',
  ENOSPC: '磁盘已满',
};

const WHAT = { destination: '目的地址', count: '次数', port: '端口' } as const;

function commandError(error: CommandError): string {
  switch (error.kind) {
    case 'no-host':
      return `“${error.line}”不是 '主机: 命令' 的形式`;
    case 'unknown-host':
      return `集群里没有名为 ${error.host} 的主机`;
    case 'unknown-command':
      return `不支持命令 ${error.command}`;
    case 'unknown-option':
      return `${error.command}：不支持 ${error.option}`;
    case 'bad-value':
      return `${error.command}：“${error.value}”不能作为 ${error.option} 的值`;
    case 'missing':
      return `${error.command}：缺少${WHAT[error.what]}`;
    default:
      return unreachable(error);
  }
}

function problem(given: CliProblem): string {
  switch (given.kind) {
    case 'unknown-command':
      return `没有命令 ${given.command}；可用的有 ${given.known.join('、')}（见 --help）`;
    case 'unknown-lang':
      return `没有语言“${given.lang}”；可用的有 en 和 zh`;
    case 'unknown-option':
      return `未知选项 ${given.option}（见 --help）`;
    case 'no-value':
      return `${given.option} 需要一个值`;
    case 'given-twice':
      return `${given.option} 给了两次`;
    case 'missing-option':
      return `缺少 ${given.option}（见 --help）`;
    case 'bad-number':
      return `${given.option} 需要整数，而不是“${given.value}”`;
    case 'unexpected':
      return `“${given.word}”不属于任何选项（见 --help）`;
    case 'no-file':
      return '请至少给出一个抓包文件（见 --help）';
    case 'no-text':
      return '请至少给出一个含有终端输出的文件（见 --help）';
    case 'cluster-or-sample':
      return '请给出 --cluster PATH… 或 --sample NAME 之一';
    case 'paths-or-sample':
      return '请给出集群的文件或 --sample NAME 之一';
    case 'too-many-points':
      return `最多能比较 ${given.most} 个抓包点`;
    case 'point-twice':
      return `抓包点 ${given.name} 给出了两次`;
    case 'cannot-read':
      return `无法读取 ${given.path}：${SYSTEM[given.code] ?? given.code}`;
    case 'cannot-write':
      return `无法写入 ${given.path}：${SYSTEM[given.code] ?? given.code}`;
    case 'unknown-sample':
      return `没有示例 ${given.name}；可用的有 ${given.known.join('、')}`;
    case 'cluster-file-and-more':
      return `${given.path} 是保存的集群，只能单独给出`;
    case 'bad-cluster-file':
      return `无法打开 ${given.path}：${fileError(given.error)}`;
    case 'no-cluster':
      return `${given.paths.join('、')} 里没有任何主机的信息；需要终端记录，例如“[root@node1 ~]# ip route”及其输出`;
    case 'bad-listener':
      return `“${given.text}”不是 '主机: tcp 端口 [字节数]' 或 '主机: udp 端口 [echo]' 的形式`;
    case 'unknown-host':
      return `集群里没有名为 ${given.host} 的主机`;
    case 'bad-device-name':
      return `${given.host} 上的设备名“${given.dev}”不是 Linux 接受的名字`;
    case 'command':
      return commandError(given.error);
    case 'filter':
      return filter.error(given.error, given.text);
    default:
      return unreachable(given);
  }
}

const MAIN_HELP = `Hopscope：数据包如何穿过 Flannel host-gw 集群。

  hopscope simulate …   在集群上运行命令，写出每个接口会看到的内容
  hopscope read FILE…   把抓包文件的每个数据包完整解码，输出为 JSON
  hopscope import PATH… 由终端打印出的内容得出集群；说明哪些已知、哪些是假定、哪些互相矛盾
  hopscope compare …    对几个抓包点的数据包逐一配对；说明哪里不对、如何检查和修复
  hopscope lab …        输出一个 shell 脚本，在本机用网络命名空间搭建这个集群
  hopscope collect …    输出一个 shell 脚本，向真实集群收集状态和抓包
  hopscope 命令 --help

  --lang en|zh          帮助和消息的语言（默认取自 LC_ALL、LC_MESSAGES 或 LANG）

退出状态：0 完成，1 完成但有文件损坏，2 用法错误（标准错误上有一行说明）。`;

const SIMULATE_HELP = `hopscope simulate (--cluster PATH… | --sample NAME) --run 'HOST: CMD'… --out DIR [选项]

在集群的模型上运行命令，为每个看到过帧的接口写出 tcpdump 在该接口上会写出的抓包文件，并打印用户在终端会看到的内容。

  --cluster PATH…        终端记录：形如“[root@node1 ~]# ip -d addr”、“user@node1:~$ route -n”或
                         “kubectl exec POD -- ifconfig”的提示符及其输出；可有多个文件，次序不限。
                         或一个保存的集群（JSON）
  --sample NAME          内置的集群：article
  --before 'HOST: CMD'   抓包开始之前运行；可多次给出
  --run 'HOST: CMD'      抓包期间运行；可多次给出。HOST 是提示符里的主机名
  --listen 'HOST: tcp PORT [BYTES]'
                         一个 TCP 服务，用 BYTES 字节回答请求（3200）
  --listen 'HOST: udp PORT [echo]'
                         一个 UDP 服务；带 echo 时把收到的内容发回。其他端口都是关闭的
  --out DIR              结果的文件夹；不存在时新建
  --seed N               主机随机选取的值另取一组：IP id、ICMP id、客户端端口（1）
  --lang en|zh           消息的语言

命令：ping (-c -i -s -t -W -M do|dont|want -Q -I -n)、traceroute (-n -I)、curl http://IP:PORT/、nc -u、
ip route add|del|replace、ip link set、sysctl -w、iptables -P|-A|-D。不支持的选项会报错。

DIR/HOST-DEV.cap   经典 pcap，微秒，以太网（链路类型 1）；IP-in-IP 设备是裸 IP（链路类型 101）。
                   运行从 2024-01-01 00:00 UTC 开始。
DIR/trace.json     整个运行过程：
  format, version  "hopscope-trace"，1
  cluster          集群的名字
  seed             由 --seed 给出
  complete         false：达到步数上限，运行被中断
  steps            按时间排列；每一步有
    index          从 0 数起
    atUs           自第一条命令起的微秒数
    kind           发生了什么：command-started, printed, command-ended, configured, packet-made, delivered, dropped,
                   error-withheld, frame-sent, frame-received, mac-learned, bridged, arp-read, neighbour-looked-up,
                   neighbour-changed, route-looked-up, source-checked, forwarding-checked, ttl-lowered, mtu-checked,
                   hook-passed, translated, fragmented, reassembled, encapsulated, decapsulated, path-mtu-learned
    host           在哪里；对交换机是网段的名字
    packet         哪个数据包（如果这一步与某个数据包有关）：一路上编号不变
    …              该 kind 的各个值：dev、frame（dst、src、十六进制的 bytes）、header、reason、route、before、after …`;

const CLUSTER_HELP = `  CLUSTER…               终端记录（可有多个文件，次序不限），或一个保存的集群（JSON）
  --sample NAME          内置的集群：article
  --out FILE             脚本写到哪里（默认：标准输出）
  --lang en|zh           消息的语言；脚本本身是英文`;

const LAB_HELP = `hopscope lab (CLUSTER… | --sample NAME) --run 'HOST: CMD'… [选项]

输出一个 shell 脚本：在任何一台 Linux 机器上用网络命名空间搭建这个集群，在其中运行命令，抓包，最后全部拆除。
它不离开自己的命名空间。需要 root、iproute2 和 tcpdump，以及集群和命令用到的工具：
ping、traceroute、curl、nc、iptables、python3（用于 --listen）、ethtool（如果有）。

${CLUSTER_HELP}
  --run 'HOST: CMD'      抓包期间运行；可多次给出
  --before 'HOST: CMD'   抓包开始之前运行；可多次给出
  --listen 'HOST: tcp PORT [BYTES]', --listen 'HOST: udp PORT [echo]'
                         一个服务，与 simulate 相同
  --all                  在每个设备上抓包，而不只在集群的抓包点

用“sudo sh FILE [FOLDER]”运行。它写出一个文件夹：每个位置的 HOST-DEV.cap，state/HOST.txt 是主机上各工具的输出，
commands.txt 是命令的输出，log/ 是 tcpdump 自己的话。`;

const COLLECT_HELP = `hopscope collect (CLUSTER… | --sample NAME) [--out FILE]

输出一个 shell 脚本：通过 ssh 和 kubectl exec 向真实集群收集对比所需的内容，即抓包点之间沿途各主机的状态，
以及一次 ping 的抓包。它不改动集群里的任何东西。

${CLUSTER_HELP}

在 ssh 能到达各节点、kubectl 能到达各 Pod 的地方运行。它写出一个文件夹：HOST-DEV.cap、state/HOST.txt、
commands.txt、log/。`;

const fieldList = FIELD_NAMES.map((name) => `  ${name.padEnd(32)} ${fields.name(name)}`).join('\n');

const READ_HELP = `hopscope read [--summary | --filter EXPR] FILE…

为抓包文件（pcap、pcapng）的每个数据包输出一行 JSON，次序同文件。FILE 可以是压缩包（gzip、zip、tar，可以嵌套）
或目录：其中每个文件都会读取。

  --summary        改为每个文件一行：file、format（pcap、pcapng，不是抓包文件则为 null）、link_types、packets、
                   original_bytes（所有数据包在线路上的字节数）、problem（同下，或 null）
  --filter EXPR    只要符合的数据包：tcpdump 的语言（host、net、port、portrange、ether host、proto、ip、ip6、arp、icmp、icmp6、
                   tcp、udp、vlan、vxlan、geneve、broadcast、multicast、greater、less、tcp[tcpflags] & …；and、or、not），
                   以及 ttl N、ttl < N、id 0xN 和 point NAME（去掉结尾的文件名）
  --lang en|zh     消息的语言

  file             给出的路径；压缩包内的文件再加上它在包内的名字：all.zip/pod1.cap
  packet           在文件中的编号，从 1 数起
  seconds          时间戳的秒，自 1970-01-01 00:00 UTC
  nanoseconds      秒内的纳秒
  capturedLength   文件中的字节数
  originalLength   线路上的字节数；抓包截断时比前者大
  fileOffset       数据包第一个字节在文件中的位置
  linkType         链路层类型，见 https://www.tcpdump.org/linktypes.html
  layers           各层头部和负载，外层在前；每层有
    kind           ethernet, vlan, loopback, sll, sll2, arp, ipv4, ipv6, ipv6-hop-by-hop, ipv6-destination, ipv6-routing,
                   ipv6-fragment, ah, icmp, icmpv6, neighbour-discovery, udp, tcp, vxlan, geneve, gre, payload, unreadable
    at, length     头部或负载的字节范围，从数据包第一个字节数起
    quoted         true 表示这是 ICMP 差错引用的内容
    checksum       good（正确）、bad（错误）、offloaded（留给网卡计算）、absent（未计算）、unverified（缺少字节），
                   没有校验和的头部为 null；负载没有此项
    fields         每个有 name（见下）、text（人们书写的值）、at、length
    role           负载的角色：data, fragment, padding, unknown（不解读的协议）
    expected       不可读的层：本应是哪一种，或 null
    reason         不可读的层：kind（link-type, truncated, malformed, too-deep）及其数值（linkType,
                   need, have, issue, layersMax）
  issues           头部违反的规则；每条有 rule、source（出处）、at、length、values
  bytes            抓到的字节，十六进制
  problem          除 file 外取代以上各项：文件有什么问题：kind、severity（error, note）、offset 及该 kind 的数值。
                   它排在能读出的数据包之后。kind 为 cannot-read 时附有系统的 code，表示该路径读不了；
                   其余文件照常读取

退出状态：0；有文件损坏或不是抓包文件时为 1；有文件读不了时为 2。

字段的名字（在 ICMP 差错引用的数据包里以“quoted.”开头）：
${fieldList}`;

export const cli: typeof en = {
  problem,
  importing,
  inFile: (path, found) => problems.inFile(path, problems.capture(found).what),
  unreadLines: (count) => `有 ${count} 行没有读懂；集群由其余各行得出。`,
  incomplete: (steps) => `运行在 ${steps} 步之后被中断。`,
  exitStatus: (status) => `（退出状态 ${status}）`,
  help: {
    main: MAIN_HELP,
    simulate: SIMULATE_HELP,
    read: READ_HELP,
    lab: LAB_HELP,
    collect: COLLECT_HELP,
    import: IMPORT_HELP,
    compare: COMPARE_HELP,
  },
  diagnosis,
};
