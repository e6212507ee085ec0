#!/bin/sh
# desk: killed in the midst of a thousand reports at once, ten times: every receipt that was shown is there, none twice.
. "$(dirname "$0")/lib.sh"
. "$HERE/desk.sh"
REPORTS=${REPORTS:-1000} KILLS=${KILLS:-10}
cases() { python3 -c 'import sqlite3; print(sqlite3.connect("ledger/desk.sqlite").execute("SELECT count(*) FROM casefile").fetchone()[0])'; }
mimamori init >/dev/null || exit 1
mimamori desk staff add hanako --rights administrator >/dev/null </dev/null || exit 1
midst=0
: >all
for kill in $(seq "$KILLS"); do
    desk_start >/dev/null || break
    : >shown
    python3 "$HERE/reports.py" send "$PORT" "$REPORTS" "round $kill" shown >sent 2>&1 &
    sender=$!
    wanted=$((REPORTS * (2 * kill - 1) / (2 * KILLS)))
    for _ in $(seq 3000); do
        [ "$(wc -l <shown)" -ge "$wanted" ] && break
        sleep 0.01
    done
    desk_kill
    wait $sender
    lines=$(wc -l <shown)
    [ "$lines" -gt 0 ] && [ "$lines" -lt "$REPORTS" ] && midst=$((midst + 1))
    cat shown >>all
done
ok "it was killed $KILLS times" [ "$kill" -eq "$KILLS" ]
ok "most times in the midst ($midst)" [ "$midst" -ge $((KILLS * 7 / 10)) ]
ok "it begins again" desk_start
python3 "$HERE/reports.py" open "$PORT" all >opened
ok "every receipt that was shown opens what was told: $(wc -l <all)" is opened "$(wc -l <all)"
# The reporters who saw no receipt send the page again; so do those who did.
cp all again
for kill in $(seq "$KILLS"); do
    python3 "$HERE/reports.py" send "$PORT" "$REPORTS" "round $kill" again >sent 2>&1
    ok "all of round $kill have a receipt now" is sent "200:$REPORTS"
done
ok "and whoever had one has the same" [ "$(sort -u again | wc -l)" -eq $((REPORTS * KILLS)) ]
ok "as many cases as pages were filled in, none twice" [ "$(cases)" -eq $((REPORTS * KILLS)) ]
exits 0 "the record of deeds is whole" mimamori desk verify
desk_stop
ok "told to stop it is done" [ "$code" -eq 0 ]
done_testing
