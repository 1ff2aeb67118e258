/** `hopscope compare --help`. The kinds themselves stand in docs/diagnosis.md. */
export const COMPARE_HELP = `hopscope compare --points NAME=FILE… [--cluster PATH…] [--json]

Matches the packets of several capture files over the hops, and says where they were last seen, what that means, what
causes it, which command checks that and which one repairs it.

  --points NAME=FILE…    captures and what to call the points they were taken at, from the sender's side on, such as
                         pod1=pod1.cap node1=node1.cap node2=node2.cap pod2=pod2.cap. More points (cni0, veth, a router)
                         may stand between. For a FILE without NAME= its place is found from its packets
  --cluster PATH…        terminal transcripts of the hosts (as for simulate), or one saved cluster: the command that the
                         captures show is then run on a model of it, and where the frames agree the model's cause is first
  --json                 one JSON object instead of the report
  --lang en|zh           language of the texts

The JSON object has
  format, version        "hopscope-diagnosis", 1
  points                 in the order of the hops; each has
    name, file           as given; host: what its host is called
    packets              how many the file holds
    mac                  the capturing device's own, by its packets; null where they do not tell
    kind                 end (forwards nothing), router, unknown
  findings               what was found, worst first; each has
    kind                 lost-between, icmp-error …: a closed list, see docs/diagnosis.md
    severity             error, warning, note
    text                 the finding in words
    flow                 protocol, src, dst, port (of the service, or null); null where it is about no conversation
    host, point          the host in question and the point that was taken at it; null where there is none
    values               the values that text names
    evidence             packets that show it: point, file, packet (counted from 1)
    causes               likeliest first; each has
      kind               route-missing, forwarding-off …: a closed list, see docs/diagnosis.md
      host, point, dev   where the fault would be; null where that is unknown
      text, tells        the cause in words; what tells it from the others
      values             the values that text names
      from               captures, or model (of the given cluster)
      check              host (null: where kubectl works), command, prints (a line to look for, or null), shows
      repair             kind, text, commands (each with host and command), instead (another question to ask, or null)
  flows                  conversations, busiest first (200 at most): protocol, src, dst, port, requests, replies, answered,
                         requestsLastSeen and repliesLastSeen (each a list of point and packets)
  clocks                 neighbouring points: from, to, offsetNs (what the second clock shows more; null: unknown),
                         uncertaintyNs, roundTripNs (least time there and back, whatever the clocks), there, back (packets
                         compared in each direction), thereNs, backNs (least and median of what they take by the clocks as
                         they are; null: none that way)
  model                  null without --cluster; else command (the one the captures show) and agrees (the model of the
                         cluster predicts the captured frames)
  problems               files that could not be read to the end: file, problem`;
