#!/bin/sh
# Who the reporter is, is nowhere: not in the ledger's bytes, not in output, not in messages.
. "$(dirname "$0")/lib.sh"
NAME=Kirishima-Hanako PHONE=090-1234-5678
export NAME PHONE
mkdir said_all
mimamori init >/dev/null
count=0
say() { count=$((count + 1)); "$@" >"said_all/$count" 2>&1; }

M=reporter,accepted_on,detected_on,name,kind,detections,route
A=reporter,received_on,harm,category,cause
printf '%s\n' $M "$NAME,2011-11-05,2011-11-04,W32/A,virus,3,mail" "$PHONE,2011-11-05,2011-11-04,W32/A,virus,3,mail" >m.csv
printf '%s\n' $A "$NAME,2011-11-05,yes,dos," "$PHONE,2011-11-05,no,probe," >a.csv
ok "reports of malware are taken in" mimamori import malware m.csv
ok "reports of access are taken in" mimamori import access a.csv

# Each column gets the name in turn, and a header that names them wrongly.
i=0
for row in "$NAME,$NAME,2011-11-04,W32/A,virus,3,mail" "$NAME,2011-11-05,$PHONE,W32/A,virus,3,mail" \
    "$NAME,2011-11-05,2011-11-04,W32/A,$NAME,3,mail" "$NAME,2011-11-05,2011-11-04,W32/A,virus,$PHONE,mail" \
    "$NAME,2011-11-05,2011-11-04,W32/A,virus,3,$NAME" "$NAME,2011-11-05" "$NAME,2011-11-05,2011-11-04,\"$NAME\"x,virus,3,mail" \
    "\"$NAME
$PHONE\",2011-11-05,2011-11-04,W32/A,virus,3,mail"; do
    i=$((i + 1))
    printf '%s\n' $M "$row" >"bad$i.csv"
    say mimamori import malware "bad$i.csv"
    say mimamori import malware "bad$i.csv" --json --skip-bad
done
printf '%s\n' "$NAME,2011-11-05,2011-11-04,W32/A,virus,3,mail" >header.csv
say mimamori import malware header.csv
say mimamori import access header.csv
for table in malware_report access_report consultation point sighting; do
    for format in table csv json; do say mimamori query --format $format "SELECT * FROM $table"; done
done
for table in intake main.malware_report sqlite_master; do say mimamori query "SELECT * FROM $table"; done
say mimamori import malware m.csv

nowhere() { ! grep -raqF -e "$NAME" -e "$PHONE" "$1" || { grep -raF -e "$NAME" -e "$PHONE" "$1"; return 1; }; }
ok "something was said to look through" [ "$(cat said_all/* | wc -l)" -gt 40 ]
ok "what was said does not have it" nowhere said_all
ok "the ledger's bytes do not have it" nowhere ledger
ok "but a report of theirs is there" [ "$(value 'SELECT count(*) FROM malware_report')" = 2 ]
mimamori init --ledger second >/dev/null
ok "another ledger" mimamori import malware m.csv --ledger second
key() { mimamori query --ledger "$1" --format csv 'SELECT reporter FROM malware_report ORDER BY ALL'; }
key ledger >one; key second >two
ok "has other pseudonyms" sh -c '! cmp -s one two'
done_testing
