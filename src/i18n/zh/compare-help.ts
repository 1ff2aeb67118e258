export const COMPARE_HELP = `hopscope compare --points NAME=FILE… [--cluster PATH…] [--json]

把几个抓包文件的数据包按跳逐一配对，说明它们最后出现在哪里、这意味着什么、原因是什么、用哪条命令检查、用哪条命令修复。

  --points NAME=FILE…    抓包文件及其抓包点的名称，从发送方一侧开始，例如
                         pod1=pod1.cap node1=node1.cap node2=node2.cap pod2=pod2.cap。中间可以有更多的点（cni0、veth、
                         路由器）。没有 NAME= 的 FILE，其位置由数据包判断
  --cluster PATH…        各主机的终端记录（同 simulate），或一个保存的集群：此时会在它的模型上运行抓包所显示的命令；
                         若帧与预测一致，模型给出的原因排在最前
  --json                 输出一个 JSON 对象，而不是报告
  --lang en|zh           文字的语言

JSON 对象包含
  format, version        "hopscope-diagnosis", 1
  points                 按跳的次序；每项有
    name, file           如所给；host：所在主机的名称
    packets              文件里的数据包数
    mac                  抓包设备自己的 MAC（由数据包判断）；无法得知时为 null
    kind                 end（不转发）、router、unknown
  findings               发现，最严重的在前；每项有
    kind                 lost-between、icmp-error 等：固定的列表，见 docs/diagnosis.md
    severity             error、warning、note
    text                 用文字说明
    flow                 protocol、src、dst、port（服务的端口，或 null）；与任何会话无关时为 null
    host, point          涉及的主机，以及在它那里的抓包点；没有时为 null
    values               text 里提到的值
    evidence             作为证据的数据包：point、file、packet（从 1 数起）
    causes               最可能的在前；每项有
      kind               route-missing、forwarding-off 等：固定的列表，见 docs/diagnosis.md
      host, point, dev   故障所在；未知时为 null
      text, tells        原因的文字说明；与其他原因的区别
      values             text 里提到的值
      from               captures，或 model（所给集群的模型）
      check              host（null：能用 kubectl 的地方）、command、prints（要找的那一行，或 null）、shows
      repair             kind、text、commands（各有 host 和 command）、instead（换一个问法，或 null）
  flows                  会话，最忙的在前（最多 200 个）：protocol、src、dst、port、requests、replies、answered、
                         requestsLastSeen 和 repliesLastSeen（各为 point 和 packets 的列表）
  clocks                 相邻的点：from、to、offsetNs（后者的时钟快多少；null：未知）、uncertaintyNs、
                         roundTripNs（往返的最短时间，与时钟无关）、there、back（两个方向各比较了多少数据包）
  model                  没有 --cluster 时为 null；否则有 command（抓包所显示的命令）和 agrees（集群的模型预测了抓到的帧）
  problems               没能读到末尾的文件：file、problem`;
