#!/bin/sh
# The many files of a day that is over become the one that one capture would have given; late packets reopen it; no kill
# and no reader ever sees anything else.
. "$(dirname "$0")/lib.sh"
KILLS=${KILLS:-50}
new_ledger() {
    mimamori init --ledger "$1" >/dev/null
    for i in 1 2 3; do mimamori point add --ledger "$1" "p$i" 203.0.113.$i 2001:db8:113::$i >/dev/null; done
}
# What lies in a ledger, whatever the files of sightings are called.
kept() { (cd "$1" && find sightings summary spool -type f | sed 's/.*/"&"/' | xargs sha256sum | sed 's,/[0-9a-f]*\.parquet$,,' | sort); }
files() { find ledger/sightings -name '*.parquet' | wc -l; }

"$MAKE_CAPTURE" --packets 40000 --points 3 --seed 7 --days 3 >all.pcap
python3 "$HERE/split.py" all.pcap 70 part-
new_ledger ledger; new_ledger one
exits 0 "one capture of it all" mimamori observe --ledger one all.pcap
kept one >wanted
days=$(find one/sightings -name '*.parquet' | wc -l)
ok "it is of several days" [ "$days" -ge 3 ]
exits 0 "the same in seventy rotated files" mimamori observe part-*.pcap
kept ledger >got
ok "each day is one file of the very same bytes" cmp wanted got
exits 0 "a capture is still known" mimamori observe part-007.pcap
ok "it says so" has out "was taken in before"

rm -rf ledger; new_ledger ledger
for run in 0 1 2 3 4 5 6; do mimamori observe part-0$run*.pcap >/dev/null; done
kept ledger >got
ok "so it is in seven runs, each reopening what the one before had closed" cmp wanted got
rm -rf ledger; new_ledger ledger
mimamori observe $(ls -r part-*.pcap) >/dev/null
kept ledger >got
ok "and in the other order" cmp wanted got

# Today is not over: what it holds lies as it came.
today=$(TZ=Asia/Tokyo date +%s)
python3 - "$today" <<'P'
import struct, sys
now = int(sys.argv[1])
header = struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101)
for name, low in (('today-1.pcap', 1), ('today-2.pcap', 2)):
    ip = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 40, 0, 0, 64, 6, 0, bytes([198, 51, 100, low]), bytes([203, 0, 113, 1]))
    tcp = struct.pack('!HHIIBBHHH', 40000, 445, 1, 0, 0x50, 2, 1024, 0, 0)[:20]
    open(name, 'wb').write(header + struct.pack('<IIII', now, 0, 40, 40) + ip + tcp)
P
closed=$(files)
exits 0 "a packet of today" mimamori observe today-1.pcap
exits 0 "and another" mimamori observe today-2.pcap
ok "lie in two files" [ "$(files)" = $((closed + 2)) ]
ok "and are both read" [ "$(value "SELECT sum(sources) FROM summary WHERE day > DATE '2026-01-01'")" = 2 ]

# Killed at any moment, with somebody reading all the while.
rm -rf ledger one; new_ledger ledger; new_ledger one
mimamori observe part-0[0-5]*.pcap >/dev/null
mimamori observe --ledger one part-0[0-5]*.pcap >/dev/null
for i in $(seq "$KILLS"); do "$MAKE_CAPTURE" --packets 500 --points 3 --seed $((i + 100)) --days 3 >late-$i.pcap; done
sums="SELECT (SELECT sum(accesses) FROM sighting) || ' ' || (SELECT count(*) FROM sighting) || ' ' ||
    (SELECT sum(accesses) FROM summary) || ' ' || (SELECT sum(sources) FROM summary)"
value "$sums" >allowed
begun=$(date +%s%N)
mimamori observe --ledger one late-1.pcap >/dev/null
took=$((($(date +%s%N) - begun) / 1000000))
for i in $(seq "$KILLS"); do
    mimamori observe --ledger one late-$i.pcap >/dev/null
    mimamori query --ledger one --format csv "$sums" | tail -n 1 | tr -d '\r' >>allowed
done
(while [ ! -e stop ]; do value "$sums" || echo failed; done) >reads 2>errors &
reader=$!
# A moment after a kill, what was killed lies in spool/ until the next writer comes: that is found, and nothing else.
(while [ ! -e stop ]; do
    mimamori ledger check >checked 2>&1 || grep -vE "^'spool/[0-9a-f]{32}': lies there|things? (is|are) wrong$" checked
    sleep 1
done) >findings 2>&1 &
checker=$!
i=0 broke=0
for moment in $(awk -v kills="$KILLS" -v took="$took" 'BEGIN { srand(33); for (i = 0; i < kills; i++) printf "%.3f\n", rand() * 1.05 * took / 1000 }'); do
    i=$((i + 1))
    "$MIMAMORI" observe late-$i.pcap >/dev/null 2>&1 &
    writer=$!
    sleep "$moment"
    kill -9 $writer 2>/dev/null; wait $writer 2>/dev/null
    mimamori observe late-$i.pcap >/dev/null 2>&1 || broke=$((broke + 1))
    value "$sums" >now
    [ "$(cat now)" = "$(sed -n $((i + 1))p allowed)" ] || { broke=$((broke + 1)); echo "# after kill $i: $(cat now)"; }
done
touch stop; wait $reader $checker
ok "after every kill the next run makes it whole" [ $broke = 0 ]
ok "no reader failed" empty errors
ok "and check never found anything wrong but what was killed" empty findings
ok "many read meanwhile" [ "$(wc -l <reads)" -gt 20 ]
sort -u reads >seen; sort -u allowed >may
comm -23 seen may >wrong
ok "and none saw what never was" empty wrong
kept one >wanted; kept ledger >got
ok "at the end the bytes are those of no kill" cmp wanted got
done_testing
