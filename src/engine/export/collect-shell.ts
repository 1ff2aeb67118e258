/** The part of the collecting script that is the same for every cluster, in POSIX shell. */
export const COLLECT_WORDS = `set -eu
SSH=\${SSH:-ssh -o BatchMode=yes}
KUBECTL=\${KUBECTL:-kubectl}
SECONDS_OF_CAPTURE=25
OUT=\${1:-hopscope-collect-$(date +%Y%m%d-%H%M%S)}

say() { echo "collect: $*"; }
stop() { echo "collect: $*" >&2; exit 1; }
mkdir -p "$OUT/state" "$OUT/log"
trap 'kill $(jobs -p) 2>/dev/null || :' EXIT

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
  reach "$place" "PATH=\\$PATH:/usr/sbin:/sbin; exec timeout $SECONDS_OF_CAPTURE tcpdump -p -n -e -U -i $dev -w - '$ONLY'" \\
    </dev/null >"$OUT/$1-$2.cap" 2>"$OUT/log/$1-$2.txt" &
}

# No packet may be sent before every capture listens.
listening() {
  for log in "$OUT"/log/*.txt; do
    tries=0
    until grep -q 'listening on' "$log"; do
      tries=$((tries + 1))
      [ $tries -lt 10 ] || { say "no capture: $(cat "$log")"; break; }
      sleep 1
    done
  done
}

# run HOST COMMAND: its output on the screen and in commands.txt.
run() {
  printf '[root@%s ~]# %s\\n' "$1" "$2" | tee -a "$OUT/commands.txt"
  reach "$1" "$2" </dev/null 2>&1 | tee -a "$OUT/commands.txt"
}`;
