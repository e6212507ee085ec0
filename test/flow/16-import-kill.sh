#!/bin/sh
# Killed at any moment, fifty times, an import leaves all or nothing; then to the end it is as one clean run.
. "$(dirname "$0")/lib.sh"
ROWS=${ROWS:-60000} KILLS=${KILLS:-50}
python3 "$HERE/big.py" "$ROWS" 1 >big.csv
printf 'bad row\n' >>big.csv

mimamori init >/dev/null
mimamori init --ledger clean >/dev/null
begun=$(date +%s%N)
exits 1 "one clean run" mimamori import malware big.csv --skip-bad --ledger clean
took=$(($(date +%s%N) - begun))
rm big.csv.rejected
whole=$(mimamori query --ledger clean --format csv 'SELECT count(*), sum(detections) FROM malware_report' | tail -n 1 | tr -d '\r')

torn=0 nothing=0 all=0
# moments spread over more than a whole run
for moment in $(python3 -c "import random; c = random.Random(2)
for _ in range($KILLS): print(c.uniform(0, 1.4) * $took / 1e9)"); do
    "$MIMAMORI" import malware big.csv --skip-bad >/dev/null 2>&1 &
    writer=$!
    sleep "$moment"
    kill -9 $writer 2>/dev/null; wait $writer 2>/dev/null
    seen=$(mimamori query --format csv 'SELECT count(*), coalesce(sum(detections), 0) FROM malware_report' | tail -n 1 | tr -d '\r')
    case "$seen" in
    0,0) nothing=$((nothing + 1)) ;;
    "$whole") all=$((all + 1)); rm -rf ledger; mimamori init >/dev/null ;;
    *) torn=$((torn + 1)); echo "# torn: $seen" ;;
    esac
    if [ -e big.csv.rejected ] && [ "$(tail -n 1 big.csv.rejected)" != "bad row" ]; then torn=$((torn + 1)); fi
done
echo "# $nothing times nothing was there, $all times all"
ok "no kill left a part" [ $torn = 0 ]
ok "some came before the end" [ $nothing -gt 0 ]

run mimamori import malware big.csv --skip-bad
ok "to the end then" [ "$code" = 1 ]
rows() { mimamori query --ledger "$1" --format csv 'SELECT accepted_on, detected_on, name, kind, detections FROM malware_report ORDER BY ALL'; }
ok "the clean run's rows" rows clean && mv said wanted
ok "the others" rows ledger && mv said got
ok "the rows are those of the clean run" cmp wanted got
ok "there are as many as expected" [ "$(wc -l <got)" -gt 1000 ]
rm -f big.csv.rejected.??????
exits 0 "and then it is known" mimamori import malware big.csv
done_testing
