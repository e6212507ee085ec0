#!/bin/sh
# Days of 23 and 25 hours close like any other, in pieces and whole.
. "$(dirname "$0")/lib.sh"
kept() { (cd "$1" && find sightings summary spool -type f | sed 's/.*/"&"/' | xargs sha256sum | sed 's,/[0-9a-f]*\.parquet$,,' | sort); }
# A SYN every ten minutes of the days around both changes of the clock in Europe, 2024, and in St. John's of 2006, where
# it was changed a minute after midnight.
python3 - <<'P'
import struct
header = struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101)
times = [at for begins in (1711670400, 1729814400, 1143763200, 1162080000) for at in range(begins, begins + 4 * 86400, 600)]
packets = []
for i, at in enumerate(sorted(times)):
    ip = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 40, 0, 0, 64, 6, 0, bytes([198, 51, 100, i % 250]), bytes([203, 0, 113, 1]))
    tcp = struct.pack('!HHIIBBHHH', 40000, 445, 1, 0, 0x50, 2, 1024, 0, 0)
    packets.append(struct.pack('<IIII', at, 0, 40, 40) + ip + tcp)
open('all.pcap', 'wb').write(header + b''.join(packets))
P
python3 "$HERE/split.py" all.pcap 40 part-
for zone in Europe/Berlin America/St_Johns Asia/Tokyo; do
    rm -rf whole ledger
    for ledger in whole ledger; do
        mimamori init --ledger $ledger --zone $zone >/dev/null; mimamori point add --ledger $ledger p1 203.0.113.1 >/dev/null
    done
    mimamori observe --ledger whole all.pcap >/dev/null
    for run in 3 1 2 0; do mimamori observe part-0$run*.pcap >/dev/null; done
    kept whole >wanted; kept ledger >got
    ok "$zone: the pieces close to the whole" cmp wanted got
    exits 0 "$zone: check finds every sighting on its day" mimamori ledger check
    ok "$zone: none is lost" [ "$(value 'SELECT sum(accesses) FROM sighting')" = 2304 ]
done
ok "the spring day has 23 hours" [ "$(mimamori init --ledger b --zone Europe/Berlin >/dev/null; mimamori point add --ledger b p1 203.0.113.1 >/dev/null
    mimamori observe --ledger b all.pcap >/dev/null
    mimamori query --ledger b --format csv "SELECT sum(accesses) FROM sighting WHERE day = DATE '2024-03-31'" | tail -n 1 | tr -d '\r')" = 138 ]
ok "the autumn day has 25" [ "$(mimamori query --ledger b --format csv "SELECT sum(accesses) FROM sighting WHERE day = DATE '2024-10-27'" | tail -n 1 | tr -d '\r')" = 150 ]
# The day of another zone is not this zone's: check says so where somebody changed it.
sed -i 's,^zone = .*,zone = Asia/Tokyo,' b/ledger.conf
exits 1 "a zone that was changed is found out" mimamori ledger check --ledger b
ok "by its sightings" has out "has a sighting of another day"
done_testing
