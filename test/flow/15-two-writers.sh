#!/bin/sh
# One writer at a time: the second says whom it waits for, and waits. Readers never do.
. "$(dirname "$0")/lib.sh"
mimamori init >/dev/null
H=reporter,accepted_on,detected_on,name,kind,detections,route
printf '%s\n' "$H" r1,2011-11-05,2011-11-04,W32/A,virus,3,mail >first.csv
printf '%s\n' "$H" r2,2011-11-05,2011-11-04,W32/A,virus,4,mail >second.csv
mimamori import malware first.csv >/dev/null

# A writer that holds the ledger for as long as its standard input stays open.
mkfifo pipe
"$MIMAMORI" import malware - <pipe >held 2>&1 &
writer=$!
CLEAN='kill $writer $waiter 2>/dev/null'
waiter=$writer
exec 9>pipe
printf '%s\n' "$H" r3,2011-11-05,2011-11-04,W32/A,virus,5,mail >&9
for _ in $(seq 100); do grep -q import ledger/ledger.lock 2>/dev/null && break; sleep 0.05; done

"$MIMAMORI" import malware second.csv >waited 2>waiting 9>&- & # or it would hold the pipe open itself
waiter=$!
for _ in $(seq 100); do [ -s waiting ] && break; sleep 0.05; done
ok "the second writer says whom it waits for" is waiting \
    "mimamori: waiting for 'import' (process $writer) to finish with 'ledger'"
ok "and waits" kill -0 $waiter
exits 0 "a reader is not blocked meanwhile" timeout 20 "$MIMAMORI" query --format csv "SELECT sum(detections) FROM malware_report"
ok "and sees what was committed, nothing of what was not" [ "$(tail -n 1 out | tr -d '\r')" = 3 ]
exits 0 "nor is another" timeout 20 "$MIMAMORI" point list
ok "the writers still work" kill -0 $writer $waiter

exec 9>&-
wait $writer; ok "the first ends well" [ $? = 0 ]
wait $waiter; ok "then the second does" [ $? = 0 ]
ok "it took in its rows" has waited "1 report (4 detections)"
ok "all is there" [ "$(value 'SELECT sum(detections) FROM malware_report')" = 12 ]

# A writer that dies lets go.
"$MIMAMORI" import malware - <pipe >held 2>&1 &
writer=$!
exec 9>pipe
for _ in $(seq 100); do grep -q "^$writer " ledger/ledger.lock 2>/dev/null && break; sleep 0.05; done
kill -9 $writer; wait $writer 2>/dev/null
exits 0 "after a killed writer the next one need not wait" timeout 20 "$MIMAMORI" point add a 192.0.2.1
ok "and says nothing of it" empty err
exec 9>&-
done_testing
