#!/bin/sh
# observe --interface: what arrives on a wire is what a file of it says; nothing is lost that can be kept.
. "$(dirname "$0")/lib.sh"
. "$HERE/live.sh"
"$MAKE_CAPTURE" --packets 30000 --points 3 --seed 7 >a.pcap
cat >cases <<'END2'
frames: pcap | ether tag ip4=198.51.100.7>203.0.113.1 tcp=1>22 | ether tag=88a8 tag ip4=198.51.100.8>203.0.113.1 tcp=1>22 | ether ip4=203.0.113.1>198.51.100.9 udp=5000>53 | ether ip4=198.51.100.9>203.0.113.1 udp=53>5000 | ether ip6=2001:db8:f::7>2001:db8:113::2 tcp=1>23 | ether ip4=198.51.100.7>192.0.2.1 tcp=1>22 | ether tag ip4=198.51.100.7>192.0.2.1 tcp=1>22
END2
"$MAKE_GOLDEN" cases . || exit 1
new_ledger file; "$MIMAMORI" observe --ledger file a.pcap frames.pcap >/dev/null; keys file >file.keys

exits 2 "no interface of that name is refused" mimamori observe --ledger file --interface nowhere
ok "in one sentence that names it" one_sentence err && ok "..." has err "'nowhere'"
exits 2 "captures and an interface together are refused" mimamori observe --ledger file --interface lo a.pcap
exits 2 "nothing at all is refused" mimamori observe --ledger file
"$MIMAMORI" init --ledger empty >/dev/null
exits 2 "without a point it is refused" mimamori observe --ledger empty --interface lo
ok "in one sentence" has err "no observation point"
for bad in "--checkpoint 0" "--store x" "--ring 5" "--every -1"; do
    exits 2 "'$bad' is refused" mimamori observe --ledger file --interface lo $bad
done

new_ledger live
ok "it watches" watch live
ok "without capabilities" grep -q '^CapEff:[[:space:]]*0*$' "/proc/$watcher/status"
ok "with none to come" grep -q '^NoNewPrivs:[[:space:]]*1$' "/proc/$watcher/status"
ok "frames are sent" send a.pcap
ok "... and those with tags" send frames.pcap
sleep 3
ok "others write in the ledger meanwhile" timeout 60 "$MIMAMORI" point add --ledger live p9 192.0.2.9
ok "... also captures" timeout 60 "$MIMAMORI" observe --ledger live frames.pcap
stop INT
ok "told to stop it is done" [ "$code" -eq 0 ]
ok "and says nothing else" empty watch.err
ok "no journal is left" [ -z "$(ls live/live)" ]
ok "packets from nowhere near the points were not read" [ "$(told 'not from or to a point')" = 0 ]
ok "an answer is known" [ "$(told 'answers to the points')" = 1 ]
new_ledger live; watch live; send a.pcap >/dev/null; send frames.pcap >/dev/null; stop TERM
keys live >live.keys
ok "live and file are the same" cmp file.keys live.keys
ok "nothing was dropped" [ "$(told 'dropped by the kernel')" = 0 ]
passed=$(told 'packets read')
ok "its account adds up" [ "$passed" -eq $(($(told accesses) + $(told backscatter) + $(told 'answers to the points') +
    $(told 'sent by the points') + $(told 'later fragments') + $(told 'cut short') + $(told malformed))) ]

chmod 711 .; new_ledger owned; chown -R 65534:65534 owned
watch owned
ok "it is whose the ledger is" grep -q '^Uid:	65534	65534	65534	65534' "/proc/$watcher/status"
send a.pcap >/dev/null; stop
ok "and keeps as that user" [ "$code" -eq 0 ]
keys owned >owned.keys
new_ledger only; "$MIMAMORI" observe --ledger only a.pcap >/dev/null; keys only >only.keys
ok "the same" cmp only.keys owned.keys
ok "nothing in it is root's" [ -z "$(find owned/live owned/sightings -user 0)" ]

if command -v setpriv >/dev/null; then
    new_ledger capable; chown -R 65534:65534 capable
    ip netns exec "$FAR" setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps +net_raw --ambient-caps +net_raw \
        "$MIMAMORI" observe --interface far --ledger capable >watch.out 2>watch.err &
    watcher=$!
    waits_for 100 is_confined; sleep 0.2
    ok "a user with nothing but CAP_NET_RAW can watch, and gives that up" grep -q '^CapEff:[[:space:]]*0*$' "/proc/$watcher/status"
    send a.pcap >/dev/null; stop
    keys capable >capable.keys
    ok "... and keeps the same" cmp only.keys capable.keys
    exits 2 "one without is refused" setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all \
        "$MIMAMORI" observe --interface lo --ledger capable
    ok "in one sentence" one_sentence err
fi

new_ledger hup; watch hup
"$MIMAMORI" point add --ledger hup a-new-one 192.0.2.1 >/dev/null
kill -HUP "$watcher"; sleep 1.5
send frames.pcap >/dev/null; stop
ok "a point that was added is watched after SIGHUP" [ "$(mimamori query --ledger hup --format csv \
    "SELECT sum(accesses) FROM sighting WHERE point = 'a-new-one'" | tail -n 1 | tr -d '\r')" = 2 ]
ok "and the others still are" [ "$(mimamori query --ledger hup --format csv \
    "SELECT sum(accesses) FROM sighting WHERE point = 'p1'" | tail -n 1 | tr -d '\r')" = 2 ]

new_ledger lines; watch lines --every 1
send a.pcap --rate 10000 >/dev/null; sleep 1; stop
ok "every line is JSON" jq -e . watch.out
ok "there is one a second" [ "$(wc -l <watch.out)" -ge 4 ]
ok "they hold all packets, each once" jq -es '([.[:-1][].packets] | add) == .[-1].account.packets' watch.out
ok "and all accesses, by point" jq -es '([.[:-1][].points[].accesses] | add) == .[-1].account.accesses' watch.out
ok "and the first ports" jq -es '[.[].ports // [] | .[].port] | index("23/tcp") != null' watch.out
ok "but no address" [ "$(grep -cE '(([0-9]{1,3}\.){3}[0-9])|2001:' watch.out)" -eq 0 ]

# Of frames with two tags the kernel (6.10 and later) says there that they have one.
echo 'cooked: pcap | ether tag ip4=198.51.100.7>203.0.113.1 tcp=1>22 | ether ip4=203.0.113.1>198.51.100.9 udp=5000>53 | ether ip4=198.51.100.9>203.0.113.1 udp=53>5000 | ether ip6=2001:db8:f::7>2001:db8:113::2 tcp=1>23 | ether ip4=198.51.100.7>192.0.2.1 tcp=1>22 | ether tag ip4=198.51.100.7>192.0.2.1 tcp=1>22' >cases
"$MAKE_GOLDEN" cases .
new_ledger cooked; "$MIMAMORI" observe --ledger cooked cooked.pcap >/dev/null; keys cooked >cooked.keys
new_ledger any; ip netns exec "$FAR" "$MIMAMORI" observe --interface any --ledger any >watch.out 2>watch.err & watcher=$!
waits_for 100 is_confined; sleep 0.2; send cooked.pcap >/dev/null; stop
keys any >any.keys
ok "all interfaces at once are the same" cmp cooked.keys any.keys
ok "filtered too" [ "$(told 'not from or to a point')" = 0 ] && ok "... and nothing is said" empty watch.err

# The sender does what it can; a bench does so for a minute (bench/live).
new_ledger fast; watch fast --json
sent=$(send a.pcap --seconds 10 | cut -d ' ' -f 1); stop
ok "at full speed for ten seconds nothing is lost" jq -e '.dropped == 0 and .lost == 0' watch.out
ok "nearly all that was sent is for a point" [ "$(jq .packets watch.out)" -gt $((sent / 100 * 98)) ]
ok "what arrived was read" jq -e '.arrived == .packets + .dropped' watch.out
ok "and counted" [ "$(total fast)" -eq "$(jq '.accesses + .backscatter' watch.out)" ]

new_ledger drops; watch drops --ring 1M
kill -STOP "$watcher"; send a.pcap >/dev/null; kill -CONT "$watcher"; sleep 1; stop
ok "packets that found no room are counted" [ "$(told 'dropped by the kernel')" -gt 1000 ]

ok "with those that were read they are all" [ "$(($(told 'packets read') + $(told 'dropped by the kernel')))" -eq \
    $((passed - 5)) ]

new_ledger down; watch down
ip -n "$FAR" link set far down; sleep 1; ip -n "$FAR" link set far up; sleep 1
send frames.pcap >/dev/null; sleep 1
ok "an interface that goes down is told" has watch.err "interface 'far' is down: waiting for it"
ok "and watched on when it is up" has watch.err "interface 'far' is up again"
ip -n "$FAR" link del far; waits_for 100 is_gone; stop
ok "one that is removed ends it, in part" [ "$code" -eq 1 ]
ok "it says so" has watch.err "interface 'far' was removed"
ok "and keeps what was seen" [ "$(total down)" = 3 ]
done_testing
