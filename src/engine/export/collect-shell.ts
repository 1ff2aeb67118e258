/** The parts of the collecting script that are the same for every cluster, in POSIX shell. */

export const COLLECT_OPENING = `set -eu
SSH=\${SSH:-ssh -o BatchMode=yes}
KUBECTL=\${KUBECTL:-kubectl}
SECONDS_OF_CAPTURE=\${SECONDS_OF_CAPTURE:-25}
OUT=\${1:-hopscope-collect-$(date +%Y%m%d-%H%M%S)}
captures='' RUN=''`;

export const COLLECT_WORDS = `say() { echo "collect: $*"; }
stop() { echo "collect: $*" >&2; exit 1; }
mkdir -p "$OUT"
[ -z "$(ls -A "$OUT")" ] || stop "The folder $OUT is not empty."
mkdir "$OUT/state" "$OUT/log"

# Whatever happens, no capture goes on; one whose connection breaks ends by itself after $SECONDS_OF_CAPTURE s.
cleanup() {
  status=$?
  trap - EXIT INT TERM HUP
  for one in $captures; do kill "\${one##*:}" 2>/dev/null || :; done
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# as_word TEXT: the text as one word of a shell.
as_word() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\\\\\''/g")"; }

# inside NODE POD COMMAND: in the pod's network but with the node's tools, for pods that have no shell or no ping.
# With Docker: pid=$(docker inspect -f '{{.State.Pid}}' CONTAINER)
inside() {
  reach "$1" "pid=\\$(crictl inspectp -o go-template --template '{{.info.pid}}' \\$(crictl pods -q --state ready --name $(as_word "^$2\\$")))
    exec nsenter -t \\$pid -n sh -c $(as_word "$3")"
}

# Every host must let us in before anything is asked.
ask_for_access() {
  for host; do
    reach "$host" true </dev/null || stop "No way into $host: see reach() in this script."
  done
}

# state HOST: asks the host each line of standard input; a tool that it lacks is passed over. Into state/HOST.txt.
state() {
  say "state of $1"
  {
    echo "host=$1"
    cat <<'END'
PATH=$PATH:/usr/sbin:/sbin
ask() {
  command -v "\${1%% *}" >/dev/null 2>&1 || return 0
  printf '[root@%s ~]# %s\\n' "$host" "$1"
  sh -c "$1" 2>&1 </dev/null
  echo
}
END
    sed "s/.*/ask '&'/"
  } | reach "$1" 'sh -s' >"$OUT/state/$1.txt" || say "state of $1: not everything could be asked, see $OUT/state/$1.txt"
}

# capture HOST DEV [NODE VETH]: into HOST-DEV.cap; on the node's end of the cable where a pod has no tcpdump.
capture() {
  place=$1 dev=$2
  if [ $# = 4 ] && ! reach "$1" 'command -v tcpdump' </dev/null >/dev/null 2>&1; then place=$3 dev=$4; fi
  say "capture at $1 $2, by $place $dev"
  (RUN=exec; reach "$place" "PATH=\\$PATH:/usr/sbin:/sbin; exec timeout $SECONDS_OF_CAPTURE tcpdump -p -n -e -U -i $dev -w - '$ONLY'" \\
    </dev/null >"$OUT/$1-$2.cap" 2>"$OUT/log/$1-$2.txt") &
  captures="$captures $1-$2:$!"
}

# No packet may be sent before every capture listens.
listening() {
  for one in $captures; do
    log="$OUT/log/\${one%:*}.txt"
    tries=0
    until grep -q 'listening on' "$log"; do
      tries=$((tries + 1))
      if [ $tries -gt 10 ] || ! kill -0 "\${one##*:}" 2>/dev/null; then
        say "no capture \${one%:*}: $(cat "$log")"
        break
      fi
      sleep 1
    done
  done
}

# run HOST COMMAND: its output on the screen and in commands.txt.
run() {
  printf '[root@%s ~]# %s\\n' "$1" "$2" | tee -a "$OUT/commands.txt"
  reach "$1" "$2" </dev/null 2>&1 | tee -a "$OUT/commands.txt"
}`;

/** After the ping: until every capture has ended; one that brought nothing is taken away, or it would say that nothing passed. */
export const COLLECT_END = `say "Waiting for the captures to end: the kernel sends its last ARP probes 5 s after the last packet."
for one in $captures; do
  wait "\${one##*:}" || :
  [ -s "$OUT/\${one%:*}.cap" ] || rm -f "$OUT/\${one%:*}.cap"
done`;
