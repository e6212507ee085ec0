#!/bin/sh
# desk: 10,000 connections that never finish what they say do not keep anybody else out, and do not stay for ever.
. "$(dirname "$0")/lib.sh"
. "$HERE/desk.sh"
SLOW=${SLOW:-10000}
limit=$(ulimit -Hn)
[ "$limit" = unlimited ] || [ "$limit" -gt $((SLOW + 600)) ] || SLOW=$((limit - 600))
mimamori init >/dev/null || exit 1
ok "the desk serves" desk_start
python3 "$HERE/slow.py" "$PORT" "$SLOW" 45 >slow 2>slow.err &
slow=$!
for _ in $(seq 300); do grep -q ^open slow && break; sleep 0.1; done
ok "$SLOW slow connections are open" has slow "open $SLOW"
ok "the door holds them" [ "$(find "/proc/$(process door)/fd" 2>/dev/null | wc -l)" -gt $((SLOW / 2)) ]
well=0 longest=0
for number in $(seq 40); do
    took=$(curl -s -o body -m 5 -w '%{http_code} %{time_total}' "$URL/en/")
    [ "${took%% *}" = 200 ] && well=$((well + 1))
    longest=$(printf '%s\n%s\n' "$longest" "${took#* }" | sort -g | tail -n 1)
    sleep 0.1
done
ok "meanwhile each of 40 others has its page (the slowest after $longest s)" [ "$well" -eq 40 ]
ok "... within a second" awk "BEGIN { exit !($longest < 1) }"
wait "$slow"
closed=$(sed -n 's/^closed //p' slow)
ok "who still had not finished after half a minute was let go ($closed)" [ "${closed:-0}" -ge $((SLOW * 9 / 10)) ]
ok "pages are served" answers 200 /en/
desk_stop
ok "told to stop it is done" [ "$code" -eq 0 ]
done_testing
