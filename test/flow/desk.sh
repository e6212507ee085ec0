# desk: what the flow tests of the web desk share. Needs lib.sh before it.
# A leak checker needs what the confined processes gave up.
export ASAN_OPTIONS="detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}"

# desk_start [OPTION...]: serves $MIMAMORI_LEDGER at a port of its own; $URL, $PORT, $desk are set, desk.err is what it says.
desk_start() {
    : >desk.err
    "$MIMAMORI" desk --listen 127.0.0.1:0 "$@" 2>desk.err &
    desk=$!
    CLEAN="kill -9 $desk 2>/dev/null"
    for _ in $(seq 100); do
        URL=$(sed -n 's,^mimamori: the desk listens at \(.*\)/$,\1,p' desk.err)
        PORT=${URL##*:}
        [ -n "$URL" ] && curl -sk -o /dev/null -m 10 "$URL/en/" && return 0
        kill -0 "$desk" 2>/dev/null || break
        sleep 0.1
    done
    echo "the desk does not begin:"; cat desk.err
    return 1
}
# desk_stop [SIGNAL]: its exit code is in $code.
desk_stop() {
    kill "-${1:-TERM}" "$desk"; wait "$desk"; code=$?
    CLEAN=
}
# desk_kill: all its processes at once, as a power cut does.
desk_kill() {
    kill -STOP "$desk"
    # shellcheck disable=SC2046 # a list of them
    kill -9 $(pgrep -P "$desk") "$desk" 2>/dev/null
    wait "$desk" 2>/dev/null
    CLEAN=
}
# process NAME: the number of the one that is called so (door, public, staff)
process() { pgrep -P "$desk" -x "desk-$1"; }
# status PATH [CURL-OPTION...]
status() { path=$1; shift; curl -sk -m 20 -o body -D head -w '%{http_code}' "$@" "$URL$path"; }
# answers STATUS PATH [CURL-OPTION...]
answers() {
    wanted=$1; shift; got=$(status "$@")
    [ "$got" = "$wanted" ] || { echo "$* answered $got (expected $wanted)"; cat head; head -c 2000 body; return 1; }
}
