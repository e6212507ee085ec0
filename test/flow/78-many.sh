#!/bin/sh
# desk: a table of many reports through the confined process: CSV in both writings, XLSX, and what is no table; what was good is
# sent once, and a receipt leads back to it.
. "$(dirname "$0")/lib.sh"
. "$HERE/desk.sh"
tables=$HERE/../fuzz/corpus/xlsx
export MIMAMORI_LEDGER=ledger
mimamori init >/dev/null || exit 1
mimamori desk staff add hanako --rights administrator >/dev/null </dev/null || exit 1
ok "the desk serves" desk_start
once=$(printf '%064d' 7)
lacks() { ! grep -qF -- "$2" "$1"; }
look() { answers "$1" /en/report/many -H 'Sec-Fetch-Site: same-origin' -F "once=$once" -F "organisation=Mimamori" -F "table=@$2"; }
ok "CSV with the columns of import is read" look 200 "$tables/contract.csv"
ok "... all of it" has body "Rows read: 1."
ok "CSV with the form's Japanese names is read" look 200 "$tables/good.csv"
ok "..." has body "Rows read: 2."
ok "CSV in Shift_JIS is read" look 200 "$tables/shift-jis.csv"
ok "... with its rare letters" has body "①㈱表"
ok "XLSX is read" look 200 "$tables/good.xlsx"
ok "... with a day that is a number there" has body "2026-11-03"
ok "XLSX with a DTD is not" look 200 "$tables/dtd.xlsx"
ok "..." has body "This XLSX file is damaged, or it is none."
ok "half of one is not" look 200 "$tables/cut.xlsx"
ok "..." has body "This XLSX file is damaged, or it is none."
printf 'detected_on,name\n2026-02-30,a\n2026-11-03,b\n' >bad.csv
ok "a bad row is shown" look 200 bad.csv
ok "... with its number" has body "Row 2"
ok "... and nothing to send" lacks body 'name="rows"'
ok "a template is a table without rows" answers 200 /ja/report/many/template.xlsx
cp body template.xlsx
ok "..." look 200 template.xlsx
ok "..." has body "nothing below it"
send() { status /en/report/many/send -H 'Sec-Fetch-Site: same-origin' -F "once=$once" -F go=send -F "rows=<$1" | grep -q 200 && grep -oE '[0-9A-Z]{4}(-[0-9A-Z]{4}){6}' body | head -n 1; }
printf 'detected_on,name\n2026-11-03,"W32/Klez-mark"\n2026-11-04,c\n' >good
first=$(send good)
ok "a good table is taken" [ -n "$first" ]
ok "the same again is the same receipt" [ "$(send good)" = "$first" ]
ok "the receipt leads to it" answers 200 /en/receipt -H 'Sec-Fetch-Site: same-origin' -d "receipt=$first"
ok "... with its rows" has body "Rows of the table"
desk_stop
cases() { python3 -c 'import sqlite3; print(sqlite3.connect("ledger/desk.sqlite").execute("SELECT count(*) FROM casefile").fetchone()[0])'; }
ok "it is one case" [ "$(cases)" -eq 1 ]
ok "no process fell over" lacks desk.err "ended by signal"
ok "nothing of a table is left in the clear" lacks ledger/desk.sqlite "W32/Klez-mark"
done_testing
