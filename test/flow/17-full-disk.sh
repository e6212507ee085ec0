#!/bin/sh
# A full disk: one sentence, exit 2, nothing changed; with room again it goes on.
. "$(dirname "$0")/lib.sh"
mkdir small
mount -t tmpfs -o size=2m,mode=700 tmpfs small 2>/dev/null || {
    [ -z "${MIMAMORI_UNSHARED:-}" ] && unshare -rm true 2>/dev/null && cd / && rm -rf "$FOLDER" && MIMAMORI_UNSHARED=1 exec unshare -rm "$HERE/${0##*/}"
    skip_all "no small file system can be mounted here"
}
CLEAN='umount small 2>/dev/null || umount -l small'
export MIMAMORI_LEDGER=small/ledger
python3 "$HERE/big.py" 60000 1 >big.csv
printf '%s\n' month,figure,value 2011-08,virus.detections,1 >small.csv

exits 0 "a ledger on a small disk" mimamori init
exits 0 "takes in a little" mimamori import history small.csv
ledger_rows small/ledger >before
exits 2 "more than fits is not done" mimamori import malware big.csv
ok "in one sentence" one_sentence err
ok "that says why" has err "full"
ledger_rows small/ledger >after
ok "and nothing changed" cmp before after

cp big.csv small/bad.csv 2>/dev/null
head -n 2000 big.csv >small/bad.csv; echo bad >>small/bad.csv
dd if=/dev/zero of=small/filler bs=4k >/dev/null 2>&1
exits 2 "with no room at all an import is not done" mimamori import malware small/bad.csv --skip-bad
ok "in one more sentence than its bad row" [ "$(wc -l <err)" -le 2 ]
ok "nothing lies beside" [ "$(ls small | tr '\n' ' ')" = "bad.csv filler ledger " ]
exits 2 "nor is a point added" sh -c 'for i in $(seq 400); do "$MIMAMORI" point add p$i 10.0.$((i / 200)).$((i % 200)) || exit 2; done'
exits 2 "nor a ledger made" mimamori init --ledger small/other
ok "in one sentence then" one_sentence err
ok "nothing of it is left" [ "$(ls small | tr '\n' ' ')" = "bad.csv filler ledger " ]
rm small/filler
exits 1 "with room again it is taken in" mimamori import malware small/bad.csv --skip-bad
done_testing
