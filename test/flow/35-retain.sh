#!/bin/sh
# Old sightings are let go only when told to, and every figure stays what it was; late packets of such a day are left out,
# told, and never counted twice.
. "$(dirname "$0")/lib.sh"
new_ledger() {
    mimamori init --ledger "$1" >/dev/null
    for i in 1 2 3; do mimamori point add --ledger "$1" "p$i" 203.0.113.$i 2001:db8:113::$i >/dev/null; done
}
setting() { sed -i '/^keep-/d' ledger/ledger.conf; printf '%s\n' "$@" >>ledger/ledger.conf; }
days() { find ledger/sightings -name '*.parquet' | wc -l; }
figures() { mimamori bulletin 2024-05 --out "$1" --lang en >/dev/null 2>&1; cp "$1/figures.json" "$1.json"; }
summary() { mimamori query --format csv 'SELECT * FROM summary ORDER BY ALL'; }

"$MAKE_CAPTURE" --packets 20000 --points 3 --seed 5 --days 3 >all.pcap
"$MAKE_CAPTURE" --packets 1000 --points 3 --seed 9 --days 3 >late.pcap
new_ledger ledger
mimamori observe all.pcap >/dev/null
all=$(days)
figures before; summary >summary-before
exits 0 "without a setting nothing is let go" mimamori ledger retain --apply
ok "it says so" has out "nothing to let go: all $all days are kept"
ok "and all is there" [ "$(days)" = "$all" ]

for wrong in 'keep-sightings = 400' 'keep-sightings = 0 days' 'keep-sightings = many days' 'keep-sightings-size = 50' 'keep-sightings-size = 5 GBs'; do
    setting "$wrong"
    exits 2 "'$wrong' is refused" mimamori ledger retain
    ok "by file and line" grep -q 'ledger.conf:[0-9]*: .*expected all, or' err
done
setting 'keep-sightings = 100000 days' 'keep-sightings-size = 1 TB'
exits 0 "what is young and small enough stays" mimamori ledger retain --apply
ok "all of it" [ "$(days)" = "$all" ]

bytes=$(find ledger/sightings -name '*.parquet' -printf '%s\n' | awk '{ n += $1 } END { print n }')
setting 'keep-sightings = 30 days'
exits 0 "what is too old is told" mimamori ledger retain
ok "with its sizes" has out "$(python3 -c "print(f'{$bytes:,}')") bytes"
ok "and not yet done" [ "$(days)" = "$all" ]
exits 0 "as JSON" mimamori ledger retain --json
ok "the same bytes" has out "\"bytes\": $bytes"
ok "for its age" has out '"why": "age"'
exits 0 "then it is let go" mimamori ledger retain --apply
ok "no sighting is left" [ "$(value 'SELECT count(*) FROM sighting')" = 0 ]
ok "nor a file of them" [ "$(days)" = 0 ]
summary >summary-after
ok "every sum is what it was" cmp summary-before summary-after
figures after
ok "and every figure of the bulletin" cmp before.json after.json
exits 0 "the ledger is well" mimamori ledger check
exits 0 "the same capture is still known" mimamori observe all.pcap
ok "it says so" has out "was taken in before"

exits 1 "late packets of days let go are left out" mimamori observe late.pcap
ok "they are told" grep -q '^mimamori: [0-9]* packets are of days whose sightings the ledger has let go of: left out$' err
left=$(sed -n 's/^of days let go  *\([0-9,]*\)$/\1/p' out)
ok "also in the account" [ -n "$left" ]
ok "which adds up" sh -c 'sed "s/,//g" out | grep -v "  from" | awk "{ if (NR == 1) sum = \$NF; else rest += \$NF } END { exit sum != rest }"'
summary >summary-after
ok "they change no sum" cmp summary-before summary-after
exits 0 "the ledger is well" mimamori ledger check
exits 0 "a second time the late capture is known" mimamori observe late.pcap
summary >summary-after
ok "and changes nothing" cmp summary-before summary-after

# By size: the oldest go first, and no more than must.
rm -rf ledger; new_ledger ledger
"$MAKE_CAPTURE" --packets 300000 --points 3 --seed 8 --days 3 >large.pcap
mimamori observe all.pcap large.pcap >/dev/null
summary >summary-before
setting 'keep-sightings-size = 1 MB'
exits 0 "what is too large is let go" mimamori ledger retain --apply
ok "for its size" has out "(size)"
now=$(find ledger/sightings -name '*.parquet' -printf '%s\n' | awk '{ n += $1 } END { print n + 0 }')
ok "until it fits" [ "$now" -le 1000000 ]
ok "and no more" [ "$now" -gt 0 ]
summary >summary-after
ok "every sum is what it was" cmp summary-before summary-after
oldest=$(value 'SELECT min(day) FROM summary')
ok "the oldest day went first" [ "$(value "SELECT count(*) FROM sighting WHERE day = DATE '$oldest'")" = 0 ]
exits 0 "the ledger is well" mimamori ledger check

# The summary of a day let go is all there is: damaged, only the captures bring it back.
rm -rf ledger; new_ledger ledger
mimamori observe all.pcap >/dev/null
summary >summary-before
setting 'keep-sightings = 30 days'
mimamori ledger retain --apply >/dev/null
file=$(find ledger/summary -name '*.parquet' | sort | head -n 1)
rm "$file"
exits 2 "figures do not pass over a lost summary" mimamori query 'SELECT sum(accesses) FROM summary'
exits 1 "check tells it" mimamori ledger check
ok "by its name" has out "'${file#ledger/}': is missing"
exits 1 "it cannot be mended" mimamori ledger repair
ok "but observed again" has out "still wrong: 'all.pcap': its "
exits 0 "which brings that day back" mimamori observe all.pcap
summary >summary-after
ok "as it was" cmp summary-before summary-after
exits 0 "the ledger is well" mimamori ledger check
done_testing
