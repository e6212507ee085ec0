#!/bin/sh
# A backup is whole or not there, and brings all back or nothing: killed at any moment, on a full disk, while cases come in.
. "$(dirname "$0")/lib.sh"
KILLS=${KILLS:-15}
# What two states are told apart by: cases, entries, detections, deeds.
state() {
    python3 -c "import sqlite3, sys
records = sqlite3.connect('file:' + sys.argv[1] + '/desk.sqlite?mode=ro', uri=True)
for what in 'count(*) FROM casefile', 'count(*) FROM told', 'sum(detections) FROM malware_report', 'max(id) FROM deed':
    print(*records.execute('SELECT ' + what).fetchone())" "$1" | tr '\n' ' '
}
# moments spread over more than a whole run of so many nanoseconds
moments() {
    python3 -c "import random; c = random.Random(3)
for _ in range($KILLS): print(c.uniform(0, 1.3) * $1 / 1e9)"
}
now() { date +%s%N; }

mimamori init >/dev/null
python3 "$HERE/big.py" 30000 1 >big.csv
mimamori import malware big.csv >/dev/null
"$TAKE" send ledger 300 16 >/dev/null 2>&1

# while cases come in
"$TAKE" send ledger 900 16 >shown 2>/dev/null &
sender=$!
while [ "$(wc -l <shown)" -lt 400 ] && kill -0 $sender 2>/dev/null; do :; done
exits 0 "a backup is made while cases come in" mimamori desk backup kept
wait $sender
ok "nobody else may read it" [ "$(stat -c %a kept)" = 600 ]
ok "all cases came in meanwhile" [ "$(wc -l <shown)" = 900 ]
mimamori init --ledger again --zone UTC >/dev/null
exits 0 "a ledger just made becomes the one of the backup" mimamori desk restore kept --ledger again
exits 0 "which is well" mimamori ledger check --ledger again
exits 0 "whose deeds follow from one another" mimamori desk verify --ledger again
ok "its zone is the backup's" grep -q '^zone = Asia/Tokyo' again/ledger.conf
mimamori query --ledger again --format csv 'SELECT * FROM malware_report ORDER BY ALL' >got
mimamori query --ledger ledger --format csv 'SELECT * FROM malware_report ORDER BY ALL' >wanted
ok "the records are the same" cmp got wanted
rm -rf again

# another ledger's
mimamori init --ledger other >/dev/null
mimamori import malware big.csv --ledger other >/dev/null
exits 2 "another ledger refuses it" mimamori desk restore kept --ledger other
ok "in one sentence" one_sentence err
rm -rf other

# killed: the older backup stands, or the newer, whole
mimamori desk backup kept >/dev/null
cp kept first
begun=$(now); mimamori desk backup second >/dev/null; took=$(($(now) - begun))
torn=0 older=0 newer=0
for moment in $(moments $took); do
    cp first kept
    "$MIMAMORI" desk backup kept >/dev/null 2>&1 &
    writer=$!
    sleep "$moment"
    kill -9 $writer 2>/dev/null; wait $writer 2>/dev/null
    rm -f kept.*.new*
    if cmp -s kept first; then older=$((older + 1)); else newer=$((newer + 1)); fi
    [ "$(python3 -c "import sqlite3; print(sqlite3.connect('kept').execute('PRAGMA integrity_check').fetchone()[0])")" = ok ] || torn=$((torn + 1))
done
echo "# $older times the older one stood, $newer times the newer"
ok "no kill left half a backup" [ $torn = 0 ]
ok "some came before the end" [ $older -gt 0 ]

# killed: the ledger is as before, or as the backup has it
mimamori desk backup kept >/dev/null
cp -a ledger backed
"$TAKE" send ledger 1000 16 >/dev/null 2>&1
sed '2,$s/^[^,]*,/other,/' big.csv | head -n 5000 >more.csv
mimamori import malware more.csv >/dev/null
cp -a ledger later
before=$(state later)
begun=$(now); mimamori desk restore kept >/dev/null; took=$(($(now) - begun))
after=$(state ledger)
ok "the restored state is another one" [ "$before" != "$after" ]
torn=0 all=0 nothing=0
for moment in $(moments $took); do
    rm -rf ledger; cp -a later ledger
    "$MIMAMORI" desk restore kept >/dev/null 2>&1 &
    writer=$!
    sleep "$moment"
    kill -9 $writer 2>/dev/null; wait $writer 2>/dev/null
    case "$(state ledger)" in
    "$before") nothing=$((nothing + 1)) ;;
    "$after") all=$((all + 1)) ;;
    *) torn=$((torn + 1)) ;;
    esac
done
echo "# $nothing times nothing was brought back, $all times all"
ok "no kill left a part" [ $torn = 0 ]
ok "some came before the end" [ $nothing -gt 0 ]
exits 0 "to the end then" mimamori desk restore kept
ok "all is there" [ "$(state ledger)" = "$after" ]
exits 0 "the ledger is well" mimamori ledger check
exits 0 "and so are its deeds" mimamori desk verify

# no room
mkdir small
if mount -t tmpfs -o size=2m,mode=700 tmpfs small 2>/dev/null; then
    CLEAN='umount small 2>/dev/null || umount -l small'
    mimamori init --ledger small/ledger >/dev/null
    cp ledger/reporter.key small/ledger/
    [ -e ledger/mailer.key ] && cp ledger/mailer.key small/ledger/
    head -n 300 big.csv >little.csv
    mimamori import malware little.csv --ledger small/ledger >/dev/null
    before=$(state small/ledger)
    exits 2 "what does not fit is not brought back" mimamori desk restore kept --ledger small/ledger
    ok "in one sentence that says why" has err "full"
    ok "and nothing changed" [ "$(state small/ledger)" = "$before" ]
    exits 0 "the ledger is well" mimamori ledger check --ledger small/ledger
    dd if=/dev/zero of=small/filler bs=4k >/dev/null 2>&1
    exits 2 "nor is a backup written without room" mimamori desk backup small/kept
    ok "in one sentence" one_sentence err
    ok "nothing of it is left" [ "$(ls small | tr '\n' ' ')" = "filler ledger " ]
fi
done_testing
