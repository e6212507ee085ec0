#!/bin/sh
# Query: the ledger as tables, in four formats, for people and for programs.
. "$(dirname "$0")/lib.sh"

# Raw IP, November 2011 in Asia/Tokyo: two SYN to 445/tcp from 203.0.113.5 and one from 203.0.113.6 on the 3rd,
# one datagram to 53/udp from 2001:db8:ffff::7 on the 4th.
capture() {
    printf '\324\303\262\241\002\000\004\000\000\000\000\000\000\000\000\000\377\377\000\000\145\000\000\000'
    printf '\360\132\261\116\000\000\000\000\050\000\000\000\050\000\000\000\105\000\000\050\000\001\000\000'
    printf '\100\006\000\000\313\000\161\005\300\000\002\001\234\100\001\275\000\000\000\001\000\000\000\000'
    printf '\120\002\004\000\000\000\000\000\372\132\261\116\000\000\000\000\050\000\000\000\050\000\000\000'
    printf '\105\000\000\050\000\001\000\000\100\006\000\000\313\000\161\005\300\000\002\001\234\100\001\275'
    printf '\000\000\000\001\000\000\000\000\120\002\004\000\000\000\000\000\004\133\261\116\000\000\000\000'
    printf '\050\000\000\000\050\000\000\000\105\000\000\050\000\001\000\000\100\006\000\000\313\000\161\006'
    printf '\300\000\002\001\234\100\001\275\000\000\000\001\000\000\000\000\120\002\004\000\000\000\000\000'
    printf '\160\254\262\116\000\000\000\000\060\000\000\000\060\000\000\000\140\000\000\000\000\010\021\100'
    printf '\040\001\015\270\377\377\000\000\000\000\000\000\000\000\000\007\040\001\015\270\000\000\000\000'
    printf '\000\000\000\000\000\000\000\001\023\210\000\065\000\010\000\000'
}
capture >a.pcap
printf '%s\n' reporter,accepted_on,detected_on,name,kind,detections,route r1,2011-11-05,2011-11-04,W32/日本,virus,3,mail \
    r2,2011-11-06,2011-11-06,'"a ""b"", c"',program,12,web >malware.csv
mimamori init >/dev/null
mimamori point add tokyo 192.0.2.1/32 2001:db8::1/128 >/dev/null
ok "a capture and a file of records are taken in" eval "mimamori observe a.pcap && mimamori import malware malware.csv"

exits 0 "a table for people" mimamori query "SELECT name, kind, detections FROM malware_report ORDER BY detections"
ok "numbers to the right, wide characters in two columns" is out "$(printf '%s\n' \
    'name      kind     detections' \
    '--------  -------  ----------' \
    'W32/日本  virus             3' \
    'a "b", c  program          12')"
ok "no row count where nobody looks" empty err

exits 0 "CSV for programs" mimamori query --format csv "SELECT name, kind, detections, NULL AS nothing FROM malware_report ORDER BY detections"
ok "with a header, and quotes where they must be" is out "$(printf '%s\n' name,kind,detections,nothing W32/日本,virus,3, '"a ""b"", c",program,12,')"

exits 0 "JSON for programs" mimamori query --json "SELECT day, source, accesses, country, true AS yes, 0.1::DOUBLE AS tenth FROM sighting WHERE port = 53"
ok "numbers are numbers, days are strings, nothing is null" is out "$(printf '%s\n' '[' \
    '{"day": "2011-11-04", "source": "2001:db8:ffff::7", "accesses": 1, "country": null, "yes": true, "tenth": 0.1}' ']')"
exits 0 "an answer without rows is an empty array" mimamori query --format json "SELECT 1 AS one WHERE false"
ok "and nothing else" is out "[]"
exits 0 "what JSON cannot say is null" mimamori query --json "SELECT 'nan'::DOUBLE AS a, '-inf'::DOUBLE AS b, 170141183460469231731687303715884105727::HUGEINT AS c"
ok "and what it can is exact" has out '{"a": null, "b": null, "c": 170141183460469231731687303715884105727}'

run mimamori query --format parquet "SELECT day, accesses FROM sighting"
cp out a.parquet
ok "Parquet through a pipe begins and ends as Parquet does" [ "$(head -c 4 a.parquet)$(tail -c 4 a.parquet)" = PAR1PAR1 ]
run sh -c "'$MIMAMORI' query --format parquet 'SELECT day FROM sighting' | head -c 4; echo"
ok "also where the reader is a pipe" is out PAR1
if command -v script >/dev/null; then
    script -qec "'$MIMAMORI' query --format parquet 'SELECT 1'" /dev/null >out 2>&1 </dev/null
    code=$?
    ok "Parquet is refused on a terminal" [ "$code" -eq 2 ]
    ok "and says what to do" has out "Parquet is not for a terminal"
    script -qec "'$MIMAMORI' query 'SELECT 1 AS one'" /dev/null >out 2>&1 </dev/null
    ok "on a terminal the rows are counted" has out "1 row"
fi

exits 0 "accesses and sources, as the contract counts them" mimamori query --format csv \
    "SELECT day, point, kind, protocol, port, sum(accesses) AS accesses, count(*) AS sources FROM sighting GROUP BY ALL ORDER BY ALL"
ok "one row a day, point and port" is out "$(printf '%s\n' day,point,kind,protocol,port,accesses,sources 2011-11-03,tokyo,contact,tcp,445,3,2 2011-11-04,tokyo,contact,udp,53,1,1)"
ok "times are UTC" [ "$(value "SELECT first_seen || ' ' || last_seen FROM sighting WHERE source = '203.0.113.5'")" = "2011-11-02 15:00:00 2011-11-02 15:00:10" ]
ok "the summary says the same" [ "$(value "SELECT sum(accesses) || ' ' || sum(sources) FROM summary")" = "4 3" ]
ok "an order is kept through thousands of rows" [ "$(mimamori query --format csv 'SELECT i FROM range(100000) t(i) ORDER BY i DESC' | sed 1d | sort -rnc 2>&1)" = "" ]
ok "a hundred thousand rows as a table" [ "$(mimamori query 'SELECT i FROM range(100000) t(i)' | wc -l)" -eq 100002 ]
exits 0 "what would move the cursor or turn the text is shown, not obeyed" mimamori query "SELECT chr(27) || '[31mred' || chr(8238) AS sly"
ok "each such character by a sign in its place" is out "$(printf '%s\n' sly --------- '�[31mred�')"

exits 2 "an unknown format is refused" mimamori query --format xml "SELECT 1"
ok "and says which there are" has err "expected table, csv, json or parquet"
exits 2 "--json and another format contradict each other" mimamori query --json --format csv "SELECT 1"
exits 2 "a slip in the SQL" mimamori query "SELECT acesses FROM sighting"
ok "is one sentence" one_sentence err
exits 2 "a statement that breaks while it runs" mimamori query "SELECT CAST(name AS INTEGER) FROM malware_report"
ok "is one sentence" one_sentence err
ok "that says what broke" has err "Could not convert string"
exits 2 "one that breaks late" mimamori query --format csv "SELECT CASE WHEN i < 500000 THEN 1 ELSE CAST('x' || i AS INTEGER) END AS n FROM range(600000) t(i)"
ok "is one sentence, too" one_sentence err
exits 2 "a full disk is told" sh -c "'$MIMAMORI' query 'SELECT i FROM range(100000) t(i)' >/dev/full"
ok "in one sentence" one_sentence err
exits 2 "no ledger" mimamori query --ledger nowhere "SELECT 1"
ok "is one sentence" one_sentence err
done_testing
