#!/bin/sh
# The record of who did what proves itself: whole, changed, shortened.
. "$(dirname "$0")/lib.sh"
mimamori init >/dev/null
"$TAKE" send ledger 20 4 >/dev/null 2>&1
sql() { python3 -c 'import sqlite3, sys; d = sqlite3.connect("ledger/desk.sqlite"); d.executescript(sys.argv[1]); d.commit()' "$1"; }

exits 0 "a record that nobody touched is whole" mimamori desk verify
ok "with an entry for each case" has out "entries  20"
run mimamori desk verify --json
head=$(jq -r .head out)
ok "its head is 64 digits" [ "${#head}" -eq 64 ]
"$TAKE" send ledger 25 4 >/dev/null 2>&1
exits 0 "later it still holds the head of before" mimamori desk verify --expect "$head"
run mimamori desk verify --json
later=$(jq -r .head out)
ok "and has another" [ "$later" != "$head" ]
cp -r ledger whole

sql "UPDATE deed SET detail = 'fax' WHERE id = 12"
exits 1 "an entry that was changed is found" mimamori desk verify
ok "and named" has out "entry 12"
run mimamori desk verify --json
ok "in JSON too" [ "$(jq -c '[.whole, .broken_at]' out)" = '[false,12]' ]
rm -rf ledger; cp -r whole ledger
sql "DELETE FROM deed WHERE id = 12"
exits 1 "so is one that was taken out" mimamori desk verify
rm -rf ledger; cp -r whole ledger
sql "DELETE FROM deed WHERE id > 20"
exits 0 "what was cut off the end leaves a whole chain" mimamori desk verify
exits 1 "but not for who kept a later head" mimamori desk verify --expect "$later"
exits 0 "and still for who kept an earlier one" mimamori desk verify --expect "$head"
exits 2 "a head that is none is refused" mimamori desk verify --expect 12ab
ok "in one sentence" one_sentence err
ok "it says nothing personal" sh -c '! grep -q hanako out err'
done_testing
