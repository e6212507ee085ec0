#!/bin/sh
# observe: captures in, sightings in the ledger, an account that adds up.
. "$(dirname "$0")/lib.sh"
"$MAKE_CAPTURE" --packets 20000 --points 3 --seed 1 >a.pcap
"$MAKE_CAPTURE" --packets 20000 --points 3 --seed 2 --days 3 --kind sensor >b.pcap
cat >cases <<'END'
question: pcap | @0 ether ip4=203.0.113.1>198.51.100.7 udp=5000>53
answer: pcap | @120 ether ip4=198.51.100.7>203.0.113.1 udp=53>5000 | @121 ether ip4=198.51.100.7>203.0.113.1 udp=53>5000
broken: pcap drop=1 | ether ip4=198.51.100.7>203.0.113.1 tcp=1>22 | ether ip4=198.51.100.7>203.0.113.1 tcp=1>23
japan: pcap | ether ip4=202.229.63.234>203.0.113.1 tcp | ether ip4=192.168.1.1>203.0.113.1 tcp
none: pcap
END
"$MAKE_GOLDEN" cases .

new_ledger() { # NAME [without points]
    rm -rf "$1"; mimamori init --ledger "$1" >/dev/null
    for i in 1 2 3; do mimamori point add --ledger "$1" "p$i" 203.0.113.$i 2001:db8:113::$i >/dev/null; done
}
sightings() { mimamori query --ledger "$1" --format csv 'SELECT * FROM sighting ORDER BY ALL'; }
# The account's own sum: all its numbers but packets and sources.
adds_up() { [ "$(sed -n '/"files"/q; s/^  "\([a-z_]*\)": \([0-9]*\),$/\1 \2/p' "$1" |
    awk '$1 == "packets" { read = $2 } $1 != "packets" && $1 != "sources" { sum += $2 } END { print (read > 0 && read == sum) }')" = 1 ]; }

mimamori init >/dev/null
exits 2 "without a point observe is refused" mimamori observe a.pcap
ok "in one sentence that says what to do" has err "no observation point (expected 'mimamori point add NAME CIDR' before)"
new_ledger ledger; new_ledger ledger2

: >empty; echo "this is not a capture, only a line of text" >text
for bad in nowhere empty text .; do
    exits 2 "'$bad' is not read" mimamori observe a.pcap "$bad"
    ok "... in one sentence" one_sentence err
    ok "... that names it" has err "'$bad'"
    ok "... and nothing is printed" empty out
done
exits 2 "standard input is read once only" mimamori observe - - </dev/null
ok "nothing was taken in by then" [ "$(value 'SELECT count(*) FROM sighting')" = 0 ]

exits 0 "a capture is taken in" mimamori observe a.pcap --json
ok "its account adds up" adds_up out
mv out a.json
ok "as many accesses are in the ledger" [ "$(value "SELECT sum(accesses) FROM sighting WHERE kind = 'contact'")" = \
    "$(sed -n 's/^  "accesses": \([0-9]*\),$/\1/p' a.json)" ]
ok "as many sources" [ "$(value "SELECT count(*) FROM sighting WHERE kind = 'contact'")" = \
    "$(sed -n 's/^  "sources": \([0-9]*\),$/\1/p' a.json)" ]
ok "and as much backscatter" [ "$(value "SELECT sum(accesses) FROM sighting WHERE kind = 'backscatter'")" = \
    "$(sed -n 's/^  "backscatter": \([0-9]*\),$/\1/p' a.json)" ]
sightings ledger >once

exits 0 "the same capture again is fine" mimamori observe a.pcap
ok "it says so" has out "'a.pcap' was taken in before: nothing changed"
sightings ledger >twice
ok "and counts once" cmp once twice
evil=$(printf 'a\033[2Jb.pcap'); head -c 10000 a.pcap >"$evil"
exits 1 "a file whose name would steer a terminal is taken in" mimamori observe --ledger ledger2 "$evil"
ok "and its name told harmlessly" has out "'a?[2Jb.pcap' is broken at byte"
cp a.pcap renamed.pcap
exits 0 "by whatever name" mimamori observe renamed.pcap
gzip -k a.pcap
exits 0 "and packed" mimamori observe a.pcap.gz
ok "it is known" has out "was taken in before"
sightings ledger >twice
ok "and still counts once" cmp once twice

new_ledger input
exits 0 "standard input is taken in" sh -c '"$MIMAMORI" observe --ledger input - <a.pcap'
sightings input >same
ok "as the file is" cmp once same
new_ledger input
exits 0 "packed standard input too" sh -c '"$MIMAMORI" observe --ledger input - <a.pcap.gz'
sightings input >same
ok "as the file is" cmp once same

new_ledger one; new_ledger two; new_ledger three
exits 0 "two captures in one run" mimamori observe --ledger one a.pcap b.pcap --json
ok "their account adds up" adds_up out
mimamori observe --ledger two b.pcap >/dev/null; mimamori observe --ledger two a.pcap >/dev/null
mimamori observe --ledger three b.pcap a.pcap b.pcap >/dev/null
sightings one >first; sightings two >second; sightings three >third
ok "are the same as in two runs" cmp first second
ok "in any order, any number of times" cmp first third
ok "and every key is there once" [ "$(mimamori query --ledger one --format csv \
    'SELECT count(*) FROM (SELECT DISTINCT day, point, kind, protocol, port, source FROM sighting)' | tail -n 1 | tr -d '\r')" = \
    "$(mimamori query --ledger one --format csv 'SELECT count(*) FROM sighting' | tail -n 1 | tr -d '\r')" ]

new_ledger rotated
exits 0 "a question and its answer in two files" mimamori observe --ledger rotated --json question.pcap answer.pcap
ok "the answer within 120 seconds is one" has out '"answered": 1'
ok "the one after is an access" has out '"accesses": 1'
new_ledger rotated
exits 0 "the other way round" mimamori observe --ledger rotated --json answer.pcap question.pcap
ok "nothing was asked yet" has out '"accesses": 2'

new_ledger broken
exits 1 "a broken capture is taken in up to its break" mimamori observe --ledger broken broken.pcap
ok "it says where" has out "'broken.pcap' is broken at byte 94, packet 2: the file ends within a packet"
ok "the packet before counts" [ "$(MIMAMORI_LEDGER=broken value 'SELECT sum(accesses) FROM sighting')" = 1 ]
head -c 10000 a.pcap.gz >short.gz
exits 1 "a packed one too" mimamori observe --ledger broken short.gz
ok "it says why" has out "the compressed data ends too early"
exits 1 "with others it is a part" mimamori observe --ledger broken broken.pcap question.pcap
exits 0 "a capture of no packets is fine" mimamori observe --ledger broken none.pcap

new_ledger countries
exits 0 "sources have countries" mimamori observe --ledger countries japan.pcap
ok "Japan's is JP, and 192.168.1.1 has none" [ "$(mimamori query --ledger countries --format csv \
    "SELECT source, coalesce(country, 'none') FROM sighting ORDER BY source" | tail -n 2 | tr -d '\r' | tr '\n' ' ')" = \
    "192.168.1.1,none 202.229.63.234,JP " ]
echo 'country-database = nowhere.mmdb' >>countries/ledger.conf
exits 0 "without a database packets still count" mimamori observe --ledger countries answer.pcap
ok "with a word about it" has err "nowhere.mmdb"
done_testing
