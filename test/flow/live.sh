# live: what the tests of `observe --interface` share: two network namespaces and a wire between them.
[ "$(id -u)" -eq 0 ] || skip_all "network namespaces need root"
NEAR=mim-a-$$ FAR=mim-b-$$
{ ip netns add "$NEAR" && ip netns add "$FAR" &&
    ip link add near netns "$NEAR" type veth peer name far netns "$FAR"; } >said 2>&1 || {
    ip netns del "$NEAR" 2>/dev/null; ip netns del "$FAR" 2>/dev/null
    skip_all "no network namespaces or veth here: $(head -n 1 said)"; }
CLEAN='[ -z "$watcher" ] || kill -9 "$watcher" 2>/dev/null; ip netns del "$NEAR"; ip netns del "$FAR"'
watcher=
# So that nothing but the test is on the wire.
for end in "$NEAR near" "$FAR far"; do
    set -- $end
    ip netns exec "$1" sysctl -q -w "net.ipv6.conf.$2.disable_ipv6=1" 2>/dev/null
    ip -n "$1" link set "$2" up
done
# A leak checker needs what the confined process gave up.
export ASAN_OPTIONS="detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}"

new_ledger() { # NAME [WORDS OF INIT]
    rm -rf "$1"; name=$1; shift
    "$MIMAMORI" init --ledger "$name" "$@" >/dev/null
    for i in 1 2 3; do "$MIMAMORI" point add --ledger "$name" "p$i" 203.0.113.$i 2001:db8:113::$i >/dev/null; done
}
waits_for() { # TENTHS COMMAND...
    tenths=$1; shift
    while ! "$@" >/dev/null 2>&1; do
        tenths=$((tenths - 1)); [ "$tenths" -gt 0 ] || return 1
        sleep 0.1
    done
}
# Once it is confined it reads.
is_confined() { grep -q '^Seccomp:.*2$' "/proc/$watcher/status"; }
watch() { # LEDGER [OPTIONS]
    : >watch.out; : >watch.err
    ip netns exec "$FAR" "$MIMAMORI" observe --interface far --ledger "$@" >watch.out 2>watch.err &
    watcher=$!
    waits_for 100 is_confined && sleep 0.2
}
is_gone() { ! kill -0 "$watcher" || grep -q "^State:.*Z" "/proc/$watcher/status"; }
stop() { # [SIGNAL]: its exit code is in $code
    kill "-${1:-TERM}" "$watcher" 2>/dev/null; wait "$watcher" 2>/dev/null; code=$?; watcher=
}
send() { ip netns exec "$NEAR" "$SEND" near "$@"; }
# What is in a ledger, but for the days and times, which are those of the sending.
keys() {
    "$MIMAMORI" query --ledger "$1" --format csv \
        'SELECT point, kind, protocol, port, source, country, sum(accesses) FROM sighting GROUP BY ALL ORDER BY ALL'
}
total() { "$MIMAMORI" query --ledger "$1" --format csv 'SELECT coalesce(sum(accesses), 0) FROM sighting' | tail -n 1 | tr -d '\r'; }
# A number of the account, by its words.
told() { sed -n "s/^$1  *\([0-9,]*\)\$/\1/p" watch.out | tr -d ,; }
