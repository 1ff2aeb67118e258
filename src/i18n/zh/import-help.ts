export const IMPORT_HELP = `hopscope import PATH… [--out cluster.json] [--json]

由终端打印出的内容得出集群：任何部分、任何次序、一个或多个文件。输出每段文字被当作什么、增加了什么，哪些行没有读懂，
哪些互相矛盾，哪些未知，假定了什么，以及能给出答案的那一条命令。

  PATH…            带提示符的终端记录，如“[root@node1 ~]# ip route”、“kubectl exec POD -- ip addr”、“ssh NODE CMD”；
                   或不带提示符、按形状识别的输出：kubectl get pods|nodes（-o wide、json、yaml）、
                   ip addr|link|route|neigh（也可带 -d、-o、-br、-j）、ifconfig、route -n、arp、bridge fdb|link、brctl show、
                   brctl showmacs、ethtool -S|-k、sysctl、iptables-save、iptables -S、subnet.env、net-conf.json、
                   kube-flannel.yml、flanneld 的日志、ping、traceroute、ip route get
  --out FILE       保存集群，供 simulate --cluster、lab 和 collect 使用
  --json           以 JSON 输出报告
  --lang en|zh     报告的语言

JSON 中有
  hosts            每个有 name、role（node, pod, router, machine）、label（在 Kubernetes 中的名字，或 null）、node
  flannel          Kubernetes 和 flannel 得到的设置：network、backend、nodes（name、podCidr、publicIp、backend、
                   managed、internalIp、ready）、pods（name、namespace、ip、node、hostNetwork）；没有文字说明处为 null
  pieces           每段有 file、line（第一行）、lines（行数）、host、command、format（null：未识别）、
                   added（按种类计的事实）、unread（line、text、why：unknown 或 not-modelled）
  symptoms         用户和 flanneld 看到的现象：file、line、host 及该 kind 的数值（ping, traceroute, route-answer,
                   flanneld）
  contradictions   每条有 host、field、of（设备、前缀或 sysctl）、values（两个：text、file、line）、taken（0 或 1）
  asks             每条有 host（null：任何能用 kubectl 的地方）、command、gaps（kind，以及 what：host、dev、field、value）
  findings         哪里不对，最严重的在前：kind（见 docs/findings.md）、severity、node、says、evidence、consequence
                   （在模型里运行的 ping：command, outcome, lostAt, printed, repaired）、check、repair
  audits           每个节点的路由表与 flannel 应写的对照：node、known、rows（verdict, expected, actual）`;
