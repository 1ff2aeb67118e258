/**
 * The parts of the lab's script that are the same for every cluster, in POSIX shell. The script is read by people before
 * they run it as root, so it is written to be read. Like all source text it is in English.
 */

/** Names, and how the script speaks and ends. */
export const OPENING = `set -eu
export LC_ALL=C
P=hopscope$$            # every namespace made here has a name that begins with this
made='' running=''

say() { echo "lab: $*"; }
stop() { echo "lab: $*" >&2; exit 1; }

# Whatever happens, what was started is stopped and what was made is removed.
cleanup() {
  status=$?
  trap - EXIT INT TERM HUP
  for pid in $running; do kill "$pid" 2>/dev/null || :; done
  for pid in $running; do wait "$pid" 2>/dev/null || :; done
  for name in $made; do ip netns del "$name" 2>/dev/null || :; done
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP`;

/** What must be there. */
export const CHECKS = `[ "$(uname -s)" = Linux ] || stop 'This needs Linux: it uses network namespaces.'
[ "$(id -u)" = 0 ] || stop 'This needs root, to make network namespaces. Run it with sudo.'
need() { command -v "$1" >/dev/null 2>&1 || stop "This needs $1, from the package $2."; }`;

/** The words that the cluster is written in. */
export const WORDS = `# Namespaces with nothing of this machine's own settings in them, and silent: no IPv6, no IGMP.
plain='ipv6/conf/all/disable_ipv6=1 ipv6/conf/default/disable_ipv6=1 ipv4/igmp_link_local_mcast_reports=0 ipv4/ip_forward=0'
for which in all default; do
  for key in rp_filter proxy_arp arp_ignore arp_announce arp_filter arp_notify; do
    plain="$plain ipv4/conf/$which/$key=0"
  done
  plain="$plain ipv4/conf/$which/accept_redirects=1 ipv4/conf/$which/send_redirects=1"
done
namespaces() {
  for name; do
    made="$made $P-$name" # first, so that nothing is left if the next line is interrupted
    ip netns add "$P-$name"
    set_values "$name" $plain
  done
}

# set_values HOST key=value…: sysctls of one namespace. A key that this kernel lacks is passed over, and said if it matters.
set_values() {
  ip netns exec "$P-$1" sh -c '
    shift
    for pair; do
      file=/proc/sys/net/\${pair%%=*}
      if [ -e "$file" ]; then echo "\${pair#*=}" >"$file"
      elif [ "$pair" = bridge/bridge-nf-call-iptables=1 ]; then
        echo "lab: br_netfilter is not loaded here: frames that a bridge forwards will not pass iptables (modprobe br_netfilter)"
      fi
    done' sh "$@"
}

# Each takes its lines from standard input. Interface indexes are left out where this machine puts devices of its own
# into every new namespace.
indexes=''
links() { sed "$indexes" | ip -n "$P-$1" -batch -; }
routes() { ip -n "$P-$1" -force -batch - || say "the kernel refused a route of $1, see above; the lab goes on without it"; }
tunnels() { bridge -n "$P-$1" -batch -; }
rules() { ip netns exec "$P-$1" iptables-restore; }

# checksums HOST DEV…: sums are made in software, so that captures hold real ones and no packet larger than the MTU.
checksums() {
  command -v ethtool >/dev/null 2>&1 || return 0
  host=$1; shift
  for dev; do ip netns exec "$P-$host" ethtool -K "$dev" tx off >/dev/null 2>&1 || :; done
}

# state HOST COMMAND…: a transcript of what the host's own tools print, in the folder's state/.
state() {
  host=$1; shift
  for command; do
    command -v "\${command%% *}" >/dev/null 2>&1 || continue
    printf '[root@%s ~]# %s\\n' "$host" "$command"
    ip netns exec "$P-$host" sh -c "$command" 2>&1 || :
    echo
  done >"$OUT/state/$host.txt"
}

# capture HOST DEV: tcpdump without promiscuous mode, into HOST-DEV.cap.
capture() {
  ip netns exec "$P-$1" tcpdump -p -n -U --immediate-mode $as_root -i "$2" -w "$OUT/$1-$2.cap" 2>"$OUT/log/$1-$2.txt" &
  running="$running $!"
  captures="$captures $1-$2:$!"
}

# No command may start before every capture listens.
listening() {
  for one in $captures; do
    log="$OUT/log/\${one%:*}.txt"
    tries=0
    until grep -q 'listening on' "$log"; do
      kill -0 "\${one##*:}" 2>/dev/null || stop "tcpdump ended: $(cat "$log")"
      tries=$((tries + 1))
      [ $tries -lt 300 ] || stop "tcpdump does not start: $(cat "$log")"
      sleep 0.1
    done
  done
}

# run HOST COMMAND: its output on the screen and in commands.txt, with its exit status.
run() {
  printf '[root@%s ~]# %s\\n' "$1" "$2" | tee -a "$OUT/commands.txt"
  { rc=0; ip netns exec "$P-$1" sh -c "$2" 2>&1 || rc=$?; echo "(exit status $rc)"; } | tee -a "$OUT/commands.txt"
}`;

/** Services; python3 is asked for only where there are some. */
export const LISTENERS = `# listen HOST tcp PORT BYTES | listen HOST udp PORT echo|silent
listen() {
  ip netns exec "$P-$1" python3 -c '
import socket, sys
protocol, port, how = sys.argv[1], int(sys.argv[2]), sys.argv[3]
if protocol == "udp":
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("", port))
    while True:
        data, peer = s.recvfrom(65535)
        if how == "echo": s.sendto(data, peer)
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("", port)); s.listen(16)
head = b"HTTP/1.0 200 OK\\r\\nContent-Type: text/plain\\r\\n\\r\\n"
answer = (head + b"hopscope " * (int(how) // 9 + 1))[:max(int(how), len(head))]
while True:
    c, _ = s.accept(); c.recv(65535); c.sendall(answer); c.close()
' "$2" "$3" "$4" &
  running="$running $!"
}`;

/** Stops the captures without losing what they have seen. */
export const STOPPING = `for one in $captures; do kill "\${one##*:}" 2>/dev/null || :; done
for one in $captures; do wait "\${one##*:}" 2>/dev/null || :; done
grep -H 'dropped by kernel' "$OUT"/log/*.txt | grep -v ':0 packets dropped' | sed 's/^/lab: incomplete capture: /' || :
say "Done. The captures, the hosts' state and what the commands printed are in $OUT"`;
