#!/bin/sh
# observe --interface, killed at any moment: what was on the disk counts, once. A disk that is full loses nothing
# while memory lasts. Midnight is the ledger's.
. "$(dirname "$0")/lib.sh"
. "$HERE/live.sh"
"$MAKE_CAPTURE" --packets 20000 --points 3 --seed 3 >a.pcap
new_ledger one; watch one; send a.pcap >/dev/null; stop
EACH=$(total one) # accesses and backscatter of a.pcap
RATE=10000 MARGIN_MS=700 # beyond the checkpoint: the ring's block, and the writing of the run

new_ledger quiet; watch quiet --checkpoint 1
send a.pcap >/dev/null; sleep 2.5
kill -9 "$watcher"; wait "$watcher" 2>/dev/null; watcher=
# Its keeper stores what it finds, as it ends.
ok "killed when nothing was under way it has lost nothing" waits_for 100 sh -c '[ -z "$(ls quiet/live)" ]'
ok "all is there" [ "$(total quiet)" -eq "$EACH" ]

# 2000 ms of packets a round; killed in the midst of them, and the keeper with it.
new_ledger rounds; sent=0 least=0
for after in 0.13 0.71 1.02 1.37 1.66; do
    watch rounds --checkpoint 1 --store 1
    begun=$(date +%s%N)
    send a.pcap --rate $RATE >said 2>&1 & sender=$!
    sleep $after
    kill -9 "$watcher" $(pgrep -P "$watcher"); killed=$(date +%s%N)
    wait "$watcher" 2>/dev/null; watcher=
    seen=$(((killed - begun) / 1000000 - 1000 - MARGIN_MS))
    [ "$seen" -le 0 ] || least=$((least + seen * RATE / 1000 * 9 / 10))
    wait "$sender"; sent=$((sent + EACH))
done
watch rounds; stop
got=$(total rounds)
ok "killed five times it has no packet twice" [ "$got" -le "$sent" ]
ok "and has lost no more than what was seen since the last checkpoint" [ "$got" -ge "$least" ]
ok "no journal is left" [ -z "$(ls rounds/live)" ]
ok "nor anything in the spool" [ -z "$(ls rounds/spool)" ]
ok "the ledger finds itself well" "$MIMAMORI" ledger check --ledger rounds

# A keeper killed while it stores: the watcher ends, and the next one stores.
new_ledger kept; watch kept --checkpoint 1 --store 1
send a.pcap >/dev/null; sleep 1.2; kill -9 $(pgrep -P "$watcher")
waits_for 100 is_gone; stop
ok "without its keeper it ends in part" [ "$code" -eq 1 ]
ok "and says so" has watch.err "the process that keeps what was seen has ended"
watch kept; stop
ok "the next one has it all, once" [ "$(total kept)" -eq "$EACH" ]

# A disk with no room.
mkdir small
if mount -t tmpfs -o size=8m tmpfs small 2>/dev/null; then
    CLEAN="$CLEAN; umount -l '$PWD/small'"
    new_ledger small/ledger
    watch small/ledger --checkpoint 1
    dd if=/dev/zero of=small/filler bs=64k 2>/dev/null
    send a.pcap >/dev/null; sleep 2.5
    ok "a full disk is told" has watch.err "what is seen is kept in memory until it can be written"
    send a.pcap >/dev/null; sleep 1
    rm small/filler; sleep 2.5
    ok "and that it is over" has watch.err "what was seen is written again"
    stop
    ok "nothing was lost" [ "$(total small/ledger)" -eq $((2 * EACH)) ]
    new_ledger small/other; watch small/other --checkpoint 1
    dd if=/dev/zero of=small/filler bs=64k 2>/dev/null; dd if=/dev/zero of=small/filler2 bs=512 2>/dev/null
    send a.pcap >/dev/null; sleep 1.5; stop
    ok "stopped with a full disk it ends in part" [ "$code" -eq 1 ]
    ok "and counts what was lost" [ "$(told 'lost for want of room')" -eq "$EACH" ]
    rm -f small/filler small/filler2; new_ledger small/tight; watch small/tight --checkpoint 1 --memory 1M
    dd if=/dev/zero of=small/filler bs=64k 2>/dev/null
    send a.pcap >/dev/null; sleep 2.5; send a.pcap >/dev/null; sleep 1; rm small/filler; sleep 2; stop
    ok "with no memory left either what comes is lost" has watch.err "no room on the disk and none in memory"
    ok "and counted as that" [ "$(told 'lost for want of room')" -eq "$EACH" ]
    ok "and what came before is kept" [ "$(total small/tight)" -eq "$EACH" ]
else
    ok "no tmpfs can be mounted here # SKIP" true
fi

# A zone whose midnight is some seconds away.
mkdir zones
now=$(date -u +%s); to=$((86400 - now % 86400 - 8))
[ "$to" -le 50400 ] || to=$((to - 86400)) # zones are at most 14 hours off
sign=; [ "$to" -ge 0 ] || { sign=-; to=$((-to)); }
printf 'Zone Soon %s%d:%02d:%02d - SOON\n' "$sign" $((to / 3600)) $((to / 60 % 60)) $((to % 60)) >soon
if [ "$to" -le 50400 ] && zic -d zones soon 2>said; then
    export TZDIR=$PWD/zones
    new_ledger midnight --zone Soon; watch midnight --checkpoint 1
    send a.pcap >/dev/null
    while [ $(($(date -u +%s) - now)) -lt 9 ]; do sleep 0.1; done
    send a.pcap >/dev/null
    stored() { [ "$(total midnight)" -eq "$EACH" ]; }
    ok "the day that is over is in the ledger soon after midnight" waits_for 60 stored
    stop
    ok "it ends well" [ "$code" -eq 0 ]
    ok "and the packets after it on the next" [ "$(mimamori query --ledger midnight --format csv \
        'SELECT sum(accesses) FROM sighting GROUP BY day ORDER BY day' | tail -n 2 | tr -d '\r' | tr '\n' ' ')" = "$EACH $EACH " ]
    unset TZDIR
else
    ok "no zone can be made here # SKIP" true
fi
done_testing
