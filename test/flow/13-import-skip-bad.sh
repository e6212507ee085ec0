#!/bin/sh
# --skip-bad: the good rows are taken in, the bad ones lie in FILE.csv.rejected as they were, and can be mended there.
. "$(dirname "$0")/lib.sh"
mimamori init >/dev/null
H=reporter,received_on,harm,category,cause

printf '%s\r\n' "$H" r1,2011-11-01,yes,dos, r2,2011-11-31,yes,dos, 'r3,"2011-11-02",yes,"do' 's",' r4,2011-11-03,no,probe, >a.csv
printf 'r5,2011-11-04,maybe,dos,' >>a.csv
exits 1 "a file with bad rows is done in part" mimamori import access a.csv --skip-bad
ok "the account is of the good ones" is out "2 reports from 2 rows of 'a.csv'"
ok "each bad row is told" [ "$(grep -c '^mimamori: a.csv:' err)" = 3 ]
ok "by the line it begins on" has err 'mimamori: a.csv:4:'
ok "and where they are" has err "3 of 5 rows left out, kept in 'a.csv.rejected'"
printf '%s\r\n' "$H" r2,2011-11-31,yes,dos, 'r3,"2011-11-02",yes,"do' 's",' >wanted.csv
printf 'r5,2011-11-04,maybe,dos,\n' >>wanted.csv
ok "they are there byte by byte, below the header" cmp wanted.csv a.csv.rejected
ok "nothing else was left beside" [ "$(ls a.csv*)" = "a.csv
a.csv.rejected" ]
ok "two are in the ledger" [ "$(value 'SELECT count(*) FROM access_report')" = 2 ]
exits 0 "the same file again is known" mimamori import access a.csv --skip-bad
exits 0 "also without --skip-bad" mimamori import access a.csv
ok "and still two" [ "$(value 'SELECT count(*) FROM access_report')" = 2 ]

printf '%s\n' "$H" r2,2011-11-30,yes,dos, r3,2011-11-02,yes,dos, r5,2011-11-04,yes,dos, >a.csv.rejected
exits 0 "the mended rows are taken in by themselves" mimamori import access a.csv.rejected
ok "and now all five" [ "$(value 'SELECT count(*) FROM access_report')" = 5 ]

printf '%s\n' "$H" r6,2011-11-01,yes,dos, >good.csv
exits 0 "a file without bad rows is done" mimamori import access good.csv --skip-bad
ok "and leaves nothing beside" absent good.csv.rejected
printf '%s\n' "$H" r6,2011-11-01,yes,, >bad.csv
exits 2 "without --skip-bad a bad row refuses the file" mimamori import access bad.csv
ok "and leaves nothing beside then" absent bad.csv.rejected
printf '%s\n' "$H,colour" r6,2011-11-01,yes,dos,,red >column.csv
exits 2 "a bad header refuses the file also with --skip-bad" mimamori import access column.csv --skip-bad
exits 2 "standard input has no place for bad rows" mimamori import access - --skip-bad <bad.csv

mkdir stopped
python3 "$HERE/big.py" 400000 2 | sed "1a bad" >stopped/big.csv
told_to_stop() {
    "$MIMAMORI" import malware stopped/big.csv --skip-bad & program=$!
    while ! ls stopped/big.csv.rejected.* >/dev/null 2>&1 && kill -0 "$program" 2>/dev/null; do :; done
    kill -TERM "$program"; wait "$program"
}
ledger_rows ledger >before
exits 2 "told to stop it is not done" told_to_stop
ok "it says so" has err "told to stop: nothing was changed"
ok "nothing lies beside the file" [ "$(ls stopped)" = big.csv ]
ledger_rows ledger >after
ok "nothing changed" cmp before after
done_testing
