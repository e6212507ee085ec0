#!/bin/sh
# Killed in the midst of a thousand reports at once, ten times: every receipt that was shown is there, none twice.
. "$(dirname "$0")/lib.sh"
COUNT_SENT=${COUNT_SENT:-1000} KILLS=${KILLS:-10}
mimamori init >/dev/null
"$TAKE" send ledger 0 1 2>/dev/null # the desk's key

lost=0 midst=0
for kill in $(seq "$KILLS"); do
    : >shown
    "$TAKE" send ledger "$COUNT_SENT" 64 >shown 2>/dev/null &
    sender=$!
    # as soon as so many receipts were shown: another moment each time
    wanted=$((COUNT_SENT * (2 * kill - 1) / (2 * KILLS)))
    while [ "$(wc -l <shown)" -lt "$wanted" ] && kill -0 $sender 2>/dev/null; do :; done
    kill -9 $sender 2>/dev/null; wait $sender 2>/dev/null
    lines=$(wc -l <shown)
    [ "$lines" -gt 0 ] && [ "$lines" -lt "$COUNT_SENT" ] && midst=$((midst + 1))
    "$TAKE" check ledger "$COUNT_SENT" <shown >kept || lost=$((lost + 1))
    echo "# kill $kill: $lines shown, $(cat kept) kept"
    # the last time what was not answered is sent again on top of it; before that each kill has a new desk
    [ "$kill" -lt "$KILLS" ] && rm -rf ledger && mimamori init >/dev/null && "$TAKE" send ledger 0 1 2>/dev/null
done
ok "every receipt that was shown is there, none twice" [ $lost = 0 ]
ok "most kills came in the midst" [ "$midst" -ge $((KILLS * 7 / 10)) ]

exits 0 "what had no answer is sent again" "$TAKE" send ledger "$COUNT_SENT" 64
mv out shown
exits 0 "all of it is there, and nothing twice" "$TAKE" check ledger "$COUNT_SENT" <shown
ok "as many as were sent" is out "$COUNT_SENT"

# as the desk's processes do, and pages sent twice: three at once, all the same
rm -rf ledger && mimamori init >/dev/null && "$TAKE" send ledger 0 1 2>/dev/null
for sender in 1 2 3; do "$TAKE" send ledger "$COUNT_SENT" 8 >"shown.$sender" 2>/dev/null & done
wait
cat shown.1 shown.2 shown.3 >shown
ok "three processes at once all show receipts" [ "$(wc -l <shown)" = $((3 * COUNT_SENT)) ]
exits 0 "of which each opens what was told, and nothing is there twice" "$TAKE" check ledger "$COUNT_SENT" <shown
ok "as many as were different" is out "$COUNT_SENT"
exits 0 "one chain of deeds goes through all processes" mimamori desk verify
ok "with one entry for each" has out "entries  $COUNT_SENT"
exits 0 "the ledger is well" mimamori ledger check
done_testing
