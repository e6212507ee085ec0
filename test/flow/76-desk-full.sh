#!/bin/sh
# desk: on a full disk the reporter is told so in a clear sentence, nothing that was taken in is lost, and with room it goes on.
. "$(dirname "$0")/lib.sh"
. "$HERE/desk.sh"
mkdir small
mount -t tmpfs -o size=3m,mode=711 tmpfs small 2>/dev/null || {
    [ -z "${MIMAMORI_UNSHARED:-}" ] && unshare -rm true 2>/dev/null && cd / && rm -rf "$FOLDER" && MIMAMORI_UNSHARED=1 exec unshare -rm "$HERE/${0##*/}"
    skip_all "no small file system can be mounted here"
}
CLEAN_DISK='umount small 2>/dev/null || umount -l small'
CLEAN=$CLEAN_DISK
export MIMAMORI_LEDGER=small/ledger
report() { # ONCE FILE...: sends it, its page is `body`
    once=$1; shift
    status "/$language/ask" -H "Origin: $URL" -H 'Sec-Fetch-Site: same-origin' -F "once=$once" -F step=4 -F reached=4 -F go=send \
        -F "what=mark-$once" "$@"
}
receipt() { grep -oE '[0-9A-Z]{4}(-[0-9A-Z]{4}){6}' body | head -n 1; }
once() { printf '%064d' "$1"; }
language=en
mimamori init >/dev/null || exit 1
mimamori desk staff add hanako --rights administrator >/dev/null </dev/null || exit 1
ok "the desk serves" desk_start
CLEAN="$CLEAN; $CLEAN_DISK"
ok "a report is taken" [ "$(report "$(once 1)")" = 200 ]
first=$(receipt)
ok "with a receipt" [ -n "$first" ]
head -c 4000000 /dev/zero >large
ok "one that is larger than the disk is not" [ "$(report "$(once 2)" -F attachments=@large)" = 507 ]
ok "the page says that nothing was taken in" has body "no room left just now, and nothing was taken in"
ok "... and still has what was typed" has body "mark-$(once 2)"
ok "... and no receipt" [ -z "$(receipt)" ]
ok "with less it is taken" [ "$(report "$(once 2)")" = 200 ]
second=$(receipt)

dd if=/dev/zero of=small/filler bs=1k >/dev/null 2>&1
refused=0
head -c 30000 /dev/zero >some
for number in $(seq 3 300); do
    [ "$(report "$(once "$number")" -F attachments=@some)" = 200 ] && receipt >>shown || { refused=$number; break; }
done
ok "with no room at all one is refused at last" [ "$refused" -gt 0 ]
ok "the page says that nothing was taken in" has body "no room left just now, and nothing was taken in"
language=ja
ok "in Japanese, too" [ "$(report "$(once "$refused")" -F attachments=@some)" = 507 ]
ok "..." has body "保存"
language=en
ok "pages are still served" answers 200 /en/
ok "also to who comes back" [ "$(status /en/receipt -H "Origin: $URL" -d "receipt=$first")" = 200 ]
ok "... with his own words" has body "mark-$(once 1)"
ok "the log says why" has desk.err "full"

rm small/filler
ok "with room again the same page is taken" [ "$(report "$(once "$refused")")" = 200 ]
receipt >>shown
printf '%s\n%s\n' "$first" "$second" >>shown
opened=0
while read -r receipt; do
    [ "$(status /en/receipt -H "Origin: $URL" -d "receipt=$receipt")" = 200 ] && opened=$((opened + 1))
done <shown
ok "every receipt that was shown opens ($opened)" [ "$opened" -eq "$(wc -l <shown)" ]
desk_stop
CLEAN=$CLEAN_DISK
cases() { python3 -c 'import sqlite3; print(sqlite3.connect("small/ledger/desk.sqlite").execute("SELECT count(*) FROM casefile").fetchone()[0])'; }
ok "as many cases as receipts" [ "$(cases)" -eq "$(wc -l <shown)" ]
exits 0 "the record of deeds is whole" mimamori desk verify
done_testing
