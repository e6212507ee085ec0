#!/bin/sh
# Where there is no room to close a day, it stays open and every number right; with room again it closes.
. "$(dirname "$0")/lib.sh"
mkdir small
mount -t tmpfs -o size=6m,mode=700 tmpfs small 2>/dev/null || {
    [ -z "${MIMAMORI_UNSHARED:-}" ] && unshare -rm true 2>/dev/null && cd / && MIMAMORI_UNSHARED=1 exec unshare -rm "$HERE/${0##*/}"
    skip_all "no small file system can be mounted here"
}
CLEAN='umount small 2>/dev/null || umount -l small'
export MIMAMORI_LEDGER=small/ledger
"$MAKE_CAPTURE" --packets 400000 --points 1 --seed 1 >large.pcap
"$MAKE_CAPTURE" --packets 2000 --points 1 --seed 2 >late.pcap
sums() { value "SELECT (SELECT sum(accesses) FROM sighting) || ' ' || (SELECT count(*) FROM sighting) || ' ' || (SELECT sum(accesses) FROM summary) || ' ' || (SELECT sum(sources) FROM summary)"; }
files() { find small/ledger/sightings -name '*.parquet' | wc -l; }

for ledger in small/ledger clean; do
    mimamori init --ledger $ledger >/dev/null; mimamori point add --ledger $ledger p1 203.0.113.1 2001:db8:113::1 >/dev/null
    mimamori observe --ledger $ledger large.pcap >/dev/null
done
days=$(files)
mimamori observe --ledger clean late.pcap >/dev/null
clean_sums=$(MIMAMORI_LEDGER=clean sums)
large=$(find small/ledger/sightings -name '*.parquet' -printf '%s\n' | sort -n | tail -n 1)
free=$(($(stat -f -c '%a * %S' small)))
head -c $((free - large / 2)) /dev/zero >small/ballast
exits 0 "late packets are taken in, whether or not there is room to close" mimamori observe late.pcap
ok "there was none" [ "$(files)" -gt "$days" ]
ok "every number is right" [ "$(sums)" = "$clean_sums" ]
ok "nothing half written lies about" [ -z "$(find small/ledger/spool -name '*.parquet')" ]
exits 0 "check finds nothing wrong" mimamori ledger check
rm small/ballast
exits 0 "with room again repair closes the day" mimamori ledger repair
ok "it is one file" [ "$(files)" = "$days" ]
ok "every number is right" [ "$(sums)" = "$clean_sums" ]
exits 0 "and all is well" mimamori ledger check
done_testing
