#!/bin/sh
# What the desk keeps beside the records: nobody's query sees it, ledger check looks after it, imports go on beside it.
. "$(dirname "$0")/lib.sh"
mimamori init >/dev/null
"$TAKE" send ledger 30 4 >shown 2>/dev/null
sql() { python3 -c 'import sqlite3, sys; d = sqlite3.connect("ledger/desk.sqlite"); d.executescript(sys.argv[1]); d.commit()' "$1"; }

for table in $(python3 -c 'import sqlite3
print(*[r[0] for r in sqlite3.connect("ledger/desk.sqlite").execute("SELECT name FROM sqlite_schema WHERE type = \"table\"")])'); do
    case $table in
    malware_report | access_report | consultation | point | sqlite_*) continue ;;
    esac
    exits 2 "a query sees no table '$table'" mimamori query "SELECT * FROM $table"
done
ok "there were the desk's tables to ask for" [ "$COUNT" -gt 20 ]
exits 2 "nor the file they are in" mimamori query "SELECT * FROM read_blob('ledger/desk.sqlite')"

exits 0 "a ledger with a desk is well" mimamori ledger check
printf '%s\n' month,figure,value 2011-08,virus.detections,1 >history.csv
exits 0 "an import goes on beside it" mimamori import history history.csv
exits 0 "nothing was taken from the desk" "$TAKE" check ledger 30 <shown
ok "all thirty are there" is out 30

cp -r ledger whole
sql 'PRAGMA foreign_keys = OFF; DELETE FROM casefile WHERE id = 7'
exits 1 "a case that is gone from under what was told in it is found" mimamori ledger check
ok "and named" has out "a row of the table 'told' belongs to one of 'casefile' that is not there"
exits 1 "and so is its receipt found to open nothing" "$TAKE" check ledger 30 <shown
rm -rf ledger && cp -r whole ledger
sql "INSERT INTO classed_consultation VALUES (3, 15286, 'phone', 'winny', 0, NULL)"
exits 1 "a case that does not count as it is classified is found" mimamori ledger check
ok "and named" has out "case 3 counts as something else"
sql "INSERT INTO consultation VALUES (1, 15286, 'phone', 'winny', 0, NULL); UPDATE casefile SET consultation = 1 WHERE id = 3"
exits 0 "once it does, all is well" mimamori ledger check
sql "UPDATE consultation SET topic = 'one-click'"
exits 1 "a record that says something else than its case is found" mimamori ledger check
sql "UPDATE consultation SET topic = 'winny'; UPDATE casefile SET state = 'rejected' WHERE id = 3"
exits 1 "and a case that should not count" mimamori ledger check
rm -rf ledger && cp -r whole ledger
sql 'ALTER TABLE casefile ADD COLUMN more TEXT'
exits 1 "a table that is another is found" mimamori ledger check
done_testing
