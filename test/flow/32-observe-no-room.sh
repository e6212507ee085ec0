#!/bin/sh
# A full disk and a read-only ledger: one sentence, exit 2, nothing changed; with room again it goes on.
. "$(dirname "$0")/lib.sh"
mkdir small
mount -t tmpfs -o size=3m,mode=700 tmpfs small 2>/dev/null || {
    [ -z "${MIMAMORI_UNSHARED:-}" ] && unshare -rm true 2>/dev/null && cd / && MIMAMORI_UNSHARED=1 exec unshare -rm "$HERE/${0##*/}"
    skip_all "no small file system can be mounted here"
}
CLEAN='umount small 2>/dev/null || umount -l small'
export MIMAMORI_LEDGER=small/ledger
"$MAKE_CAPTURE" --packets 1000 --points 1 --seed 1 >little.pcap
"$MAKE_CAPTURE" --packets 1000000 --points 1 --seed 2 >big.pcap
sightings() { mimamori query --format csv 'SELECT * FROM sighting ORDER BY ALL'; }

exits 0 "a ledger on a small disk" mimamori init
exits 0 "a point" mimamori point add p1 203.0.113.1 2001:db8:113::1
exits 0 "takes in a little" mimamori observe little.pcap
sightings >before
exits 2 "more than fits is not done" mimamori observe big.pcap
ok "in one sentence" one_sentence err
ok "nothing is printed" empty out
sightings >after
ok "and nothing changed" cmp before after
exits 0 "what is known is still known" mimamori observe little.pcap
sightings >after
ok "and counts once" cmp before after

mount -o remount,ro small 2>/dev/null || { echo "# cannot be made read-only"; done_testing; exit; }
"$MAKE_CAPTURE" --packets 1000 --points 1 --seed 3 >other.pcap
exits 2 "into a read-only ledger nothing is taken" mimamori observe other.pcap
ok "in one sentence" one_sentence err
sightings >after
ok "it can be read" cmp before after
mount -o remount,rw,size=100m small
exits 0 "with room again it is taken in" mimamori observe big.pcap
ok "all of it" [ "$(value 'SELECT sum(accesses) > 500000 FROM sighting')" = true ]
done_testing
