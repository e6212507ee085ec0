#!/bin/sh
# A read-only ledger: writers say so in one sentence, readers read.
. "$(dirname "$0")/lib.sh"
mkdir place
mount -t tmpfs -o size=8m,mode=700 tmpfs place 2>/dev/null || {
    [ -z "${MIMAMORI_UNSHARED:-}" ] && unshare -rm true 2>/dev/null && cd / && rm -rf "$FOLDER" && MIMAMORI_UNSHARED=1 exec unshare -rm "$HERE/${0##*/}"
    skip_all "nothing can be mounted read-only here"
}
CLEAN='umount place 2>/dev/null || umount -l place'
export MIMAMORI_LEDGER=place/ledger
printf '%s\n' reporter,accepted_on,detected_on,name,kind,detections,route r1,2011-11-05,2011-11-04,W32/A,virus,3,mail >a.csv
printf '%s\n' reporter,accepted_on,detected_on,name,kind,detections,route r1,2011-11-05,2011-11-04,W32/B,virus,3,mail >b.csv
mimamori init >/dev/null
mimamori import malware a.csv >/dev/null
mimamori point add tokyo 192.0.2.1
cp b.csv place/b.csv
mount -o remount,bind,ro place 2>/dev/null || skip_all "a mount cannot be made read-only here"

find place -type f -exec sha256sum {} + | sort >before
refused() {
    exits 2 "$@"
    ok "... in one sentence" one_sentence err
    ok "... that says why" has err "Read-only file system"
}
refused "an import is not done" mimamori import malware b.csv
refused "nor with --skip-bad" mimamori import malware b.csv --skip-bad
refused "a point is not added" mimamori point add osaka 192.0.2.2
refused "nor ended" mimamori point end tokyo --until 2011-11-30
refused "a ledger is not made" mimamori init --ledger place/other
find place -type f -exec sha256sum {} + | sort >after
ok "nothing changed" cmp before after

exits 0 "the points are listed" mimamori point list
ok "as they are" has out "tokyo"
exits 0 "a query is answered" mimamori query --format csv 'SELECT sum(detections) FROM malware_report'
ok "and right" [ "$(tail -n 1 out | tr -d '\r')" = 3 ]
done_testing
