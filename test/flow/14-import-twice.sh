#!/bin/sh
# A file is known by its content: it counts once, whatever its name.
. "$(dirname "$0")/lib.sh"
mimamori init >/dev/null
printf '%s\n' reporter,accepted_on,detected_on,name,kind,detections,route r1,2011-11-05,2011-11-04,W32/A,virus,3,mail \
    r1,2011-11-05,2011-11-04,W32/B,virus,1, >a.csv
exits 0 "a file is taken in" mimamori import malware a.csv
ledger_rows ledger >before
exits 0 "the same file again is done" mimamori import malware a.csv
ok "and it says so" is out "'a.csv' was taken in before: nothing changed"
cp a.csv renamed.csv
exits 0 "the same content by another name is done" mimamori import malware renamed.csv
ok "and it says so too" is out "'renamed.csv' was taken in before: nothing changed"
exits 0 "and by standard input" mimamori import malware - <a.csv
ledger_rows ledger >after
ok "and nothing changed by all that" cmp before after

{ cat a.csv; echo; } >other.csv
exits 0 "one byte more is another file" mimamori import malware other.csv
ok "its detections join the reports that stand" [ "$(value 'SELECT sum(detections) FROM malware_report')" = 8 ]
ok "which stay two" [ "$(value 'SELECT count(*) FROM malware_report')" = 2 ]

H=month,figure,value
printf '%s\n' $H 2011-08,virus.detections,1 >h1.csv
printf '%s\n' $H 2011-08,virus.detections,2 >h2.csv
exits 0 "history is taken in" mimamori import history h1.csv
exits 0 "the same again is known" mimamori import history h1.csv
ok "and says so" has out "taken in before"
exits 0 "another value replaces it" mimamori import history h2.csv
exits 0 "the first file again puts its value back" mimamori import history h1.csv
ok "and says that it did" is out "1 figure from 1 row of 'h1.csv'"

mimamori init --ledger second >/dev/null
exits 0 "another ledger does not know it" mimamori import malware a.csv --ledger second
ok "and takes it in" has out "2 reports (4 detections)"
done_testing
