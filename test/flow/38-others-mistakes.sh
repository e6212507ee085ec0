#!/bin/sh
# What other counters of packets were seen to do wrong, one test each: lose silently, leave the last interval out, hang on
# a sparse week, crash on a bad header, turn backscatter around, miss IPv6 and tags, call protocols without ports port 0.
. "$(dirname "$0")/lib.sh"
cat >cases <<'END'
to-midnight: pcap ns | @-43200 ether ip4 tcp=1>1 | @0 ether ip4 tcp=1>2 | @43199.999999999 ether ip4 tcp=1>3
half-a-day: pcap | @43200 ether ip4 tcp=1>4 | @50000 ether ip4 tcp=1>5
week: pcap | @0 ether ip4 tcp | @86400 ether ip4 tcp | @172800 ether ip4 tcp | @259200 ether ip4 tcp | @345600 ether ip4 tcp | @432000 ether ip4 tcp | @518400 ether ip4 tcp
bad: pcap | ether ip4 set=20:44 tcp | ether ip4 set=20:40 tcp | ether ip4 tcp end set=38:0001 | ether ip4 tcp
scattered: pcap | ether ip4=198.51.100.7>192.0.2.1 tcp=443>40000:SA
seen: pcap | ether ip6 tcp=1>22 | ether tag ip4 tcp=1>23 | ether tag=88a8 tag ip4 tcp=1>24 | ether tag tag ip6 udp=1>25 | ether ip6 hop tcp=1>26
portless: pcap | ether ip4 protocol=47 | ether ip4 protocol=50 | ether ip4 icmp=8 | ether ip6 protocol=132
cut: pcap | cut=34 ether ip4 tcp | cut=48 ether ip4 tcp=1>22 | cut=38 ether ip4 udp=1>53
cooked: pcap link=276 | sll2 ip4 tcp=1>22 | sll2 tag ip6 udp=1>53
nanoseconds: pcapng | section | interface resolution=9 | @43199.999999999 ether ip4 tcp=1>1 | @43200.000000001 ether ip4 tcp=1>2
END
"$MAKE_GOLDEN" cases .
new_ledger() {
    rm -rf ledger; mimamori init >/dev/null
    mimamori point add desk 192.0.2.1 2001:db8::1 >/dev/null
    for i in 1 2 3 4 5 6 7 8 9 10; do
        mimamori point add "p$i" 203.0.113.$i "2001:db8:113::$(printf %x $i)" >/dev/null
    done
}
# What a SELECT over the sightings gives, rows apart by blanks.
found() {
    mimamori query --format csv "SELECT $1 FROM sighting" | tail -n +2 | tr -d '\r' | sort | tr '\n' ' ' | sed 's/ $//'
}
# Packets read are as many as these, and the sum of all that became of them.
adds_up() { [ "$(sed -n '/"files"/q; s/^  "\([a-z_]*\)": \([0-9]*\),$/\1 \2/p' out |
    awk '$1 == "packets" { read = $2 } $1 != "packets" && $1 != "sources" { sum += $2 } END { print read, sum }')" = "$1 $1" ]; }

new_ledger
"$MAKE_CAPTURE" --kind distinct --packets 200000 --backscatter 0 --ipv6 0 --noise 0 >distinct.pcap
exits 0 "200,000 packets, each of another source" mimamori observe --json distinct.pcap
ok "are all accounted for" adds_up 200000
ok "and all in the ledger" [ "$(found 'sum(accesses)')" = 200000 ]

new_ledger
exits 0 "a capture up to a day's last nanosecond" mimamori observe to-midnight.pcap
ok "is in that day to its end" [ "$(found 'day, port')" = "2011-11-08,1 2011-11-08,2 2011-11-08,3" ]
exits 0 "one that ends in the middle of a day" mimamori observe half-a-day.pcap
ok "is there to its end too" [ "$(found 'day, port')" = \
    "2011-11-08,1 2011-11-08,2 2011-11-08,3 2011-11-09,4 2011-11-09,5" ]

new_ledger
exits 0 "a week of a packet a day is read at once" timeout 60 "$MIMAMORI" observe week.pcap
ok "and all its days are there" [ "$(found 'count(DISTINCT day), sum(accesses)')" = 7,7 ]

new_ledger
exits 0 "headers that lie stop nobody" mimamori observe --json bad.pcap
ok "they are told" has out '"malformed": 3'
ok "and what follows them counts" [ "$(found 'sum(accesses)')" = 1 ]

new_ledger
exits 0 "a SYN+ACK that nobody asked for" mimamori observe scattered.pcap
ok "came from its victim and that one's port, to the point" [ "$(found 'kind, point, port, source, accesses')" = \
    backscatter,desk,443,198.51.100.7,1 ]

new_ledger
exits 0 "IPv6, tags, tags within tags, extension headers" mimamori observe seen.pcap
ok "are seen without being asked for" [ "$(found 'port, accesses')" = "22,1 23,1 24,1 25,1 26,1" ]

new_ledger
exits 0 "protocols that have no ports" mimamori observe portless.pcap
ok "have their numbers, and ICMP its type" [ "$(found 'protocol, port')" = "icmp,8 ip,132 ip,47 ip,50" ]

new_ledger
exits 0 "packets of a short snapshot" mimamori observe --json cut.pcap
ok "count where ports and flags were captured" [ "$(found 'protocol, port')" = "tcp,22 udp,53" ]
ok "and are told where they were not" has out '"cut_short": 1'

new_ledger
exits 0 "Linux's cooked frames of the second kind, with tags" mimamori observe cooked.pcap
ok "are read" [ "$(found 'protocol, port')" = "tcp,22 udp,53" ]

new_ledger
exits 0 "nanoseconds of pcapng" mimamori observe nanoseconds.pcap
ok "decide which day it was" [ "$(found 'day, port')" = "2011-11-08,1 2011-11-09,2" ]

# One file, and the same cut into seven between its packets: where the points send nothing, their order changes nothing.
"$MAKE_CAPTURE" --kind points --packets 20000 >whole.pcap
cat >split.py <<'END'
import struct
whole = open("whole.pcap", "rb").read()
pieces, at, number = [[] for _ in range(7)], 24, 0
while at < len(whole):
    end = at + 16 + struct.unpack_from("<I", whole, at + 8)[0]
    pieces[number * 7 // 20000].append(whole[at:end])
    at, number = end, number + 1
for number, piece in enumerate(pieces):
    open(f"piece{number}.pcap", "wb").write(whole[:24] + b"".join(piece))
END
python3 split.py
rows() { mimamori query --format csv 'SELECT * FROM sighting ORDER BY ALL'; }
new_ledger; mimamori observe whole.pcap >/dev/null; rows >whole
new_ledger
exits 0 "the pieces of a day, in any order" mimamori observe piece6.pcap piece0.pcap piece3.pcap piece5.pcap piece1.pcap \
    piece4.pcap piece2.pcap
rows >pieces
ok "give what the whole gives" cmp whole pieces
new_ledger
for piece in 2 4 0 1 6 5 3; do mimamori observe piece$piece.pcap >/dev/null; done
rows >pieces
ok "also one after the other, in another order" cmp whole pieces
done_testing
