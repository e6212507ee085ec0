#!/bin/sh
# same bytes: however many threads count and whatever memory they may use, the ledger holds the same files.
. "$(dirname "$0")/lib.sh"
# The same key and points in every ledger, so that files have the same names.
mimamori init --zone UTC >/dev/null
for i in 1 2 3 4 5 6 7 8 9 10; do mimamori point add "p$i" 203.0.113.$i 2001:db8:113::$i >/dev/null; done
mimamori point add net 10.20.0.0/16 >/dev/null
mv ledger template

# take FILE OPTION...: the account in `account`, and in `files` what the ledger then holds.
take() {
    rm -rf ledger; cp -r template ledger
    file=$1; shift
    if [ "$file" = - ]; then cat piped; else :; fi | mimamori observe "$file" "$@" >account 2>err || { cat err; return 1; }
    (cd ledger && find sightings summary spool -type f -exec md5sum {} + | sort) >files
}
same() { take "$@" && cmp account account.one && cmp files files.one; }

for kind in points network one-source distinct ipv6 sensor; do
    "$MAKE_CAPTURE" --packets 300000 --kind $kind --days 3 --seed 7 >capture.pcap
    ok "a capture of the kind '$kind' is taken in by one thread" take capture.pcap --threads 1
    mv account account.one; mv files files.one
    ok "files of three days are in the ledger" [ "$(grep -c summary/day files.one)" -eq 3 ]
    for threads in 2 3 8; do
        ok "$threads threads give the same bytes" same capture.pcap --threads $threads
    done
    ok "so does a memory of a megabyte" same capture.pcap --memory 1M
    ok "so does one of a megabyte with three threads" same capture.pcap --memory 1M --threads 3
    ok "so does one of eight" same capture.pcap --memory 8M
done
cp capture.pcap piped
ok "a pipe gives the same bytes" same - --threads 2
for pack in 'gzip -c' 'zstd -q -c' 'lz4 -q -c'; do
    $pack capture.pcap >capture.packed
    ok "so does '$pack'" same capture.packed --threads 2
done

for bad in 0 -1 two 1000; do
    exits 2 "--threads $bad is refused" mimamori observe capture.pcap --threads "$bad"
    ok "in one sentence" one_sentence err
done
for bad in 0 1K much; do
    exits 2 "--memory $bad is refused" mimamori observe capture.pcap --memory "$bad"
    ok "in one sentence" one_sentence err
done
if [ "$(id -u)" = 0 ]; then
    rm -rf ledger small; cp -r template ledger; mkdir small
    "$MAKE_CAPTURE" --packets 300000 --kind distinct >capture.pcap
    mount -t tmpfs -o size=4M tmpfs small && CLEAN='umount "$FOLDER/small" 2>/dev/null'
    cp -r ledger small/ledger
    exits 2 "a disk with no room for what is put aside" mimamori observe --ledger small/ledger capture.pcap --memory 1M
    ok "is told in one sentence" one_sentence err
    ok "which says what had no room" has err "aside"
    ok "and nothing stays there" empty "$(find small/ledger/spool small/ledger/sightings -type f >left; echo left)"
fi
done_testing
