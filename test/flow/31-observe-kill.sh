#!/bin/sh
# Killed at any moment, fifty times, observe leaves all of a capture or nothing; then to the end it is as one clean run.
. "$(dirname "$0")/lib.sh"
KILLS=${KILLS:-50}
"$MAKE_CAPTURE" --packets 300000 --points 3 --seed 7 --days 4 >big.pcap
"$MAKE_CAPTURE" --packets 2000 --points 3 --seed 8 --days 4 >before.pcap

new_ledger() {
    rm -rf "$1"; mimamori init --ledger "$1" >/dev/null
    for i in 1 2 3; do mimamori point add --ledger "$1" "p$i" 203.0.113.$i 2001:db8:113::$i >/dev/null; done
    mimamori observe --ledger "$1" before.pcap >/dev/null
}
sightings() { mimamori query --ledger "$1" --format csv 'SELECT * FROM sighting ORDER BY ALL'; }
sums() { mimamori query --ledger "$1" --format csv 'SELECT count(*), sum(accesses) FROM sighting' | tail -n 1 | tr -d '\r'; }

new_ledger ledger; new_ledger clean
nothing_seen=$(sums clean)
begun=$(date +%s%N)
exits 0 "one clean run" mimamori observe --ledger clean big.pcap
took=$((($(date +%s%N) - begun) / 1000000))
all_seen=$(sums clean)

torn=0 nothing=0 all=0
for moment in $(awk -v kills="$KILLS" -v took="$took" 'BEGIN { srand(31); for (i = 0; i < kills; i++) printf "%.3f\n", rand() * 1.05 * took / 1000 }'); do
    "$MIMAMORI" observe big.pcap >/dev/null 2>&1 &
    writer=$!
    sleep "$moment"
    kill -9 $writer 2>/dev/null; wait $writer 2>/dev/null
    seen=$(sums ledger)
    case "$seen" in
    "$nothing_seen") nothing=$((nothing + 1)) ;;
    "$all_seen") all=$((all + 1)); if [ $((all % 3)) = 0 ]; then new_ledger ledger; fi ;;
    *) torn=$((torn + 1)); echo "# torn: $seen" ;;
    esac
done
echo "# $nothing times nothing was there, $all times all"
ok "no kill left a part" [ $torn = 0 ]
ok "some came before the end" [ $nothing -gt 0 ]

exits 0 "to the end then" mimamori observe big.pcap
sightings clean >wanted; sightings ledger >got
ok "all sightings are those of the clean run" cmp wanted got
ok "there are as many as expected" [ "$(wc -l <got)" -gt 50000 ]
ok "nothing is left in the spool" [ -z "$(find ledger/spool -name '*.parquet')" ]
exits 0 "and then it is known" mimamori observe big.pcap
ok "it says so" has out "was taken in before"
done_testing
