/** What `hopscope import --help` prints. */
export const IMPORT_HELP = `hopscope import PATH… [--out cluster.json] [--json]

Makes a cluster of what terminals printed: any part of it, in any order, in one file or several. Prints what each piece
of text was taken for and what it added, the lines not understood, what contradicts what, what is not known, what was
assumed in its stead, and the one command that would tell.

  PATH…            transcripts with prompts such as “[root@node1 ~]# ip route”, “kubectl exec POD -- ip addr”, “ssh NODE
                   CMD”; or outputs without a prompt, known by their shape: kubectl get pods|nodes (-o wide, json, yaml),
                   ip addr|link|route|neigh (also -d, -o, -br, -j), ifconfig, route -n, arp, bridge fdb|link, brctl show,
                   brctl showmacs, ethtool -S|-k, sysctl, iptables-save, iptables -S, subnet.env, net-conf.json,
                   kube-flannel.yml, flanneld’s log, ping, traceroute, ip route get
  --out FILE       saves the cluster, for simulate --cluster, lab and collect
  --json           prints the report as JSON
  --lang en|zh     language of the report

The JSON has
  hosts            each has name, role (node, pod, router, machine), label (its name in Kubernetes, or null), node
  flannel          what Kubernetes and flannel were told: network, backend, nodes (name, podCidr, publicIp, backend,
                   managed, internalIp, ready), pods (name, namespace, ip, node, hostNetwork); null where no text tells
  pieces           each has file, line (the first one), lines (how many), host, command, format (null: not known),
                   added (facts by kind), unread (line, text, why: unknown or not-modelled)
  symptoms         what users and flanneld saw: file, line, host and the values of its kind (ping, traceroute,
                   route-answer, flanneld)
  contradictions   each has host, field, of (device, prefix or sysctl), values (two: text, file, line), taken (0 or 1)
  asks             each has host (null: where kubectl works), command, gaps (kind, and what: host, dev, field, value)
  findings         what is wrong, worst first: kind (docs/findings.md), severity, node, says, evidence, consequence (a
                   ping run in the model: command, outcome, lostAt, printed, repaired), check, repair
  audits           each node’s table beside flannel’s: node, known, rows (verdict, expected, actual)`;
