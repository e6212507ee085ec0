#!/bin/sh
# observe --interface: what people and the service manager get to see of it.
. "$(dirname "$0")/lib.sh"
. "$HERE/live.sh"
"$MAKE_CAPTURE" --packets 20000 --points 3 --seed 9 >a.pcap

# A terminal of its own, 80 columns by 24 lines.
cat >terminal.py <<'PY'
import fcntl, os, pty, signal, struct, sys, termios, threading, time
columns, lines, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
child, terminal = pty.fork()
if child == 0:
    time.sleep(0.3)
    os.execvp(sys.argv[4], sys.argv[4:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
before = termios.tcgetattr(terminal)
threading.Timer(seconds, lambda: os.kill(child, signal.SIGINT)).start()
out = b""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    out += part
status = os.waitpid(child, 0)[1]
open("screen", "wb").write(out)
# The last screen that was drawn, and how wide and high it is.
frames = out.split(b"\x1b[?1049l")[0].split(b"\x1b[H")
import re
plain = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", f.decode()) for f in frames[1:]]
open("frame", "w").write(plain[-1].replace("\r", ""))
sizes = [(max(len(l.rstrip("\r")) for l in f.split("\n")), f.count("\n") + 1) for f in plain]
print(max(w for w, h in sizes), max(h for w, h in sizes), len(plain))
sys.exit(os.waitstatus_to_exitcode(status))
PY
shown() { # COLUMNS LINES
    new_ledger shown
    ip netns exec "$FAR" python3 terminal.py "$1" "$2" 5 "$MIMAMORI" observe --ledger shown --interface far --watch >size 2>err & terminal=$!
    sleep 2.5; send a.pcap >/dev/null; wait $terminal; code=$?
    read -r wide high drawn <size
}
shown 80 24
ok "the screen ends well" [ "$code" -eq 0 ]
ok "it has the interface" has frame "mimamori observe far"
ok "the points" grep -q '^p1  *[0-9,]*  *[0-9,]*' frame
ok "the ports" grep -q ' 23/tcp  *[0-9,]*  *[0-9,]*' frame
ok "the newest sources, with their countries" grep -qE '^[0-9:]{8}  ([A-Z]{2}|--)  [0-9]+/[a-z0-9]+ +p[1-3] .*[0-9a-f.:]+$' frame
ok "and what was dropped" has frame "0 dropped"
ok "it keeps to 80 columns and 24 lines" [ "$wide" -le 80 ] && ok "..." [ "$high" -le 24 ]
ok "it is drawn about twice a second" [ "$drawn" -ge 5 ]
ok "the terminal is given back" sh -c 'tail -c 2000 screen | grep -qF "$(printf "\033[?25h\033[?1049l")"'
ok "then comes the account" grep -aq 'packets read  *[1-9]' screen
ok "in colour" grep -aqF "$(printf '\033[1m')" screen
export NO_COLOR=1; shown 132 50; unset NO_COLOR
ok "with NO_COLOR without" sh -c '! grep -aqF "$(printf "\033[1m")" screen'
ok "a large terminal is filled" [ "$high" -gt 24 ] && ok "..." [ "$wide" -le 132 ]
shown 50 12
ok "a small one is enough" [ "$code" -eq 0 ] && ok "..." [ "$wide" -le 50 ] && ok "..." [ "$high" -le 12 ]

new_ledger pipe; watch pipe --watch --every 1 2>/dev/null
ok "--watch and --every together are refused" has watch.err "expected one of them"
wait "$watcher" 2>/dev/null; watcher=

# The service manager: a socket by path.
cat >manager.py <<'PY'
import socket, sys
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind("notify"); listener.settimeout(20)
with open("told", "w") as told:
    while True:
        words = listener.recv(4096).decode()
        told.write(words + "\n"); told.flush()
        if "STOPPING=1" in words:
            break
PY
python3 manager.py & manager=$!
waits_for 50 test -S notify
new_ledger unit
export NOTIFY_SOCKET=$PWD/notify WATCHDOG_USEC=1500000
watch unit; unset NOTIFY_SOCKET WATCHDOG_USEC
send a.pcap >/dev/null; sleep 3; stop; wait $manager
ok "the service manager is told that it is ready" has told "READY=1"
ok "that it lives" [ "$(grep -c 'WATCHDOG=1' told)" -ge 4 ]
ok "how it goes" has told "STATUS="
ok "and that it stops" has told "STOPPING=1"
ok "no address is told" [ "$(grep -cE '(([0-9]{1,3}\.){3}[0-9])|2001:' told)" -eq 0 ]

# The unit, but for where the programs are.
if command -v systemd-analyze >/dev/null; then
    sed 's#^ExecStart=mimamori#ExecStart=/bin/true#; s#^ExecReload=kill#ExecReload=/bin/kill#; /^Documentation=/d' \
        "$HERE/../../packaging/mimamori-observe@.service" >mimamori-observe@.service
    ok "systemd takes the unit as it is" sh -c 'systemd-analyze verify ./mimamori-observe@.service 2>&1 | grep . && exit 1 || exit 0'
fi
done_testing
