#!/bin/sh
# Every kind of damage, made on purpose, is found by check and named; repair mends what can be mended, invents nothing, and
# tells which captures bring back the rest.
. "$(dirname "$0")/lib.sh"
new_ledger() {
    mimamori init --ledger "$1" >/dev/null
    for i in 1 2 3; do mimamori point add --ledger "$1" "p$i" 203.0.113.$i 2001:db8:113::$i >/dev/null; done
}
# The bytes of all sightings, whatever their files are called; and the sums, whose bytes depend on how they were made.
kept() {
    (cd "$1" && find sightings spool -type f | sed 's/.*/"&"/' | xargs sha256sum | sed 's,/[0-9a-f]*\.parquet$,,' | sort)
    mimamori query --ledger "$1" --format csv 'SELECT * FROM summary ORDER BY ALL'
}
db() { python3 -c 'import sqlite3, sys; c = sqlite3.connect("ledger/desk.sqlite"); c.execute(sys.argv[1]); c.commit()' "$1"; }
# A bit of the byte in the middle of a file is turned.
flip() { python3 -c 'import sys; f = open(sys.argv[1], "r+b"); f.seek(0, 2); f.seek(f.tell() // 2); b = f.read(1); f.seek(-1, 1); f.write(bytes([b[0] ^ 4]))' "$1"; }
first() { find "ledger/$1" -name '*.parquet' | sort | head -n 1; }
damage() { rm -rf ledger; cp -a whole ledger; }
sums() { value "SELECT (SELECT sum(accesses) FROM summary) || ' ' || (SELECT sum(sources) FROM summary)"; }

"$MAKE_CAPTURE" --packets 40000 --points 3 --seed 5 --days 3 >all.pcap
python3 "$HERE/split.py" all.pcap 6 part-
new_ledger whole
mimamori observe --ledger whole part-*.pcap >/dev/null
kept whole >wanted
exits 0 "a whole ledger is well" mimamori ledger check --ledger whole
ok "it says so" has out "all is well"
ok "and what it looked at" has out "4 days, 4 files"
exits 0 "repair finds nothing to do" mimamori ledger repair --ledger whole
kept whole >got
ok "and does nothing" cmp wanted got
exits 0 "as JSON too" mimamori ledger check --ledger whole --json
ok "it passes" has out '"result": "pass"'
chmod -R a-w whole
exits 0 "what cannot be written can be checked" mimamori ledger check --ledger whole
chmod -R u+w whole

# finds "kind" ID SUBJECT: check tells it of that subject, in words and as JSON.
finds() {
    exits 1 "$1: something is wrong" mimamori ledger check
    ok "$1: it is named" grep -q "^'$3': " out
    exits 1 "$1: as JSON" mimamori ledger check --json
    ok "$1: it is of its kind" has out "\"id\": \"$2\""
}
# mends "kind": after repair all is as it was.
mends() {
    exits 0 "$1: repair mends it" mimamori ledger repair
    ok "$1: and says what" has out "seen to: "
    exits 0 "$1: then all is well" mimamori ledger check
    kept ledger >got
    ok "$1: the very same bytes" cmp wanted got
}
# brings_back "kind": what is lost is told; the captures, observed again, bring it back and nothing twice.
brings_back() {
    exits 1 "$1: repair cannot make sightings" mimamori ledger repair
    ok "$1: it tells which capture to observe" grep -q "^still wrong: 'part-00[0-5].pcap': its [0-9]* sightings of 2024-.* are lost (expected that it is observed again)" out
    ok "$1: the day keeps its sums" [ "$(sums)" = "$whole_sums" ]
    exits 1 "$1: check still tells it" mimamori ledger check
    ok "$1: and nothing else" sh -c '! grep -v " are lost (expected\|things are wrong\|thing is wrong" out'
    exits 0 "$1: a new capture is taken in meanwhile" mimamori observe more.pcap
    exits 0 "$1: the captures again" mimamori observe part-*.pcap
    exits 0 "$1: then all is well" mimamori ledger check
    kept ledger >got
    ok "$1: all is as if nothing had been damaged" cmp wanted_more got
    exits 0 "$1: once more" mimamori observe part-*.pcap
    kept ledger >got
    ok "$1: counts nothing twice" cmp wanted_more got
}
"$MAKE_CAPTURE" --packets 500 --points 3 --seed 6 --days 3 >more.pcap
cp -a whole more; mimamori observe --ledger more more.pcap >/dev/null; kept more >wanted_more
whole_sums=$(mimamori query --ledger whole --format csv "SELECT sum(accesses) || ' ' || sum(sources) FROM summary" | tail -n 1 | tr -d '\r')

damage; file=$(first sightings); flip "$file"
finds "a turned bit" damaged "${file#ledger/}"
brings_back "a turned bit"
ok "a turned bit: the damaged file is put aside" [ "$(ls ledger/damaged | wc -l)" = 1 ]

damage; file=$(first sightings); truncate -s 5000 "$file"
finds "a cut file" damaged "${file#ledger/}"
brings_back "a cut file"

damage; file=$(first sightings); rm "$file"
finds "a missing file" missing "${file#ledger/}"
exits 2 "a missing file: a query does not pass over it" mimamori query "SELECT count(*) FROM sighting"
ok "a missing file: it names it" has err "${file#ledger/}"
brings_back "a missing file"

damage; file=$(first sightings); flip "$file"; rm "$(first summary)"
finds "sightings and summary" damaged "${file#ledger/}"
exits 1 "sightings and summary: neither can be made" mimamori ledger repair
exits 0 "sightings and summary: the captures again" mimamori observe part-*.pcap more.pcap
exits 0 "sightings and summary: then all is well" mimamori ledger check
kept ledger >got
ok "sightings and summary: all is as if nothing had been damaged" cmp wanted_more got

damage; file=$(first summary); rm "$file"
finds "a missing summary" summary-missing "${file#ledger/}"; mends "a missing summary"
damage; file=$(first summary); flip "$file"
finds "a turned bit in a summary" summary-damaged "${file#ledger/}"; mends "a turned bit in a summary"
damage; file=$(first summary); cp "$(find ledger/summary -name '*.parquet' | sort | tail -n 1)" "$file"; db 'DELETE FROM summary_file'
finds "another day's summary" summary-differs "${file#ledger/}"; mends "another day's summary"
damage; for stray in sightings/day=2024-05-02/abc.parquet sightings/day=1999-01-01/abc.parquet summary/day=1999-01-01.parquet spool/abc; do
    mkdir -p "ledger/${stray%/*}"; echo stray >"ledger/$stray"
done
for stray in sightings/day=2024-05-02/abc.parquet sightings/day=1999-01-01/abc.parquet summary/day=1999-01-01.parquet spool/abc; do
    finds "the stray $stray" stray "$stray"
done
mends "strays"
damage; file=$(first sightings); db "UPDATE sighting_file SET rows = rows + 1 WHERE day = (SELECT min(day) FROM sighting_file)"
finds "another count in the manifest" rows "${file#ledger/}"; mends "another count in the manifest"
damage; file=$(first sightings); db "DELETE FROM sighting_file WHERE day = (SELECT min(day) FROM sighting_file)"
finds "a file left out of the manifest" unlisted "${file#ledger/}"; mends "a file left out of the manifest"
damage; db "UPDATE intake SET rows = rows + 1 WHERE name = 'part-003.pcap'"
finds "another count in the intake" capture "part-003.pcap"; mends "another count in the intake"
damage; file=$(first sightings); db "DELETE FROM sighting_file WHERE day = (SELECT min(day) FROM sighting_file)"; rm "$file"
finds "neither file nor row" unlisted "${file#ledger/}"
exits 1 "neither file nor row: repair cannot make sightings" mimamori ledger repair
exits 0 "neither file nor row: the captures again" mimamori observe part-*.pcap
exits 0 "neither file nor row: then all is well" mimamori ledger check
kept ledger >got
ok "neither file nor row: the very same bytes" cmp wanted got
damage; file=$(first sightings); db "DELETE FROM capture_day WHERE day = (SELECT min(day) FROM capture_day)"
finds "sightings of no capture" unclaimed "${file#ledger/}"
exits 1 "sightings of no capture: this cannot be mended" mimamori ledger repair
ok "sightings of no capture: and is told" has out "no capture is known to lie in it"
# Good bytes are never thrown away, whatever the ledger around them became.
damage; sed -i 's,^zone = .*,zone = America/New_York,' ledger/ledger.conf
exits 1 "another zone is told" mimamori ledger check --json
ok "another zone: as what it is" has out '"id": "unfit"'
exits 1 "another zone is not for repair" mimamori ledger repair
sed -i 's,^zone = .*,zone = Asia/Tokyo,' ledger/ledger.conf
exits 0 "the right zone again, and all is well" mimamori ledger check
kept ledger >got
ok "nothing was touched" cmp wanted got
damage; head -c 32 /dev/urandom >ledger/reporter.key
exits 0 "another key makes no file damaged" mimamori ledger check
if [ "$(id -u)" = 0 ] && setpriv --help >/dev/null 2>&1; then
    damage; file=$(first sightings)
    chmod -R a+rX . ledger; chmod 0755 "$FOLDER"; chmod 0644 ledger/reporter.key; chmod 0600 "$file"
    exits 3 "what may not be read is not judged" setpriv --reuid 65534 --regid 65534 --clear-groups "$MIMAMORI" ledger check
    ok "but told" has out "'${file#ledger/}': cannot be opened: Permission denied"
fi
damage; db "DROP TABLE consultation"
finds "another table" records desk.sqlite
exits 1 "another table: this cannot be mended" mimamori ledger repair
damage; echo "this is no database, and it is long enough to be looked at as one" >ledger/desk.sqlite; rm -f ledger/desk.sqlite-*
exits 2 "what cannot be opened cannot be checked" mimamori ledger check
ok "in one sentence" one_sentence err
done_testing
