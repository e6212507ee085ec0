# case: what bench/run measures; read by it.

# measured CASE ROUND NAME COMMAND...: one line in $times
measured() {
    measured_as="$1	$2	$3"
    shift 3
    if /usr/bin/time -o "$work/time" -f '%e\t%U\t%S\t%M' "$@" >"$work/said" 2>&1; then
        printf '%s\t%s\n' "$measured_as" "$(tail -n 1 "$work/time")" | tee -a "$times" >&2
    else
        cat "$work/said" >&2
        printf 'bench: %s failed\n' "$*" >&2
        exit 2
    fi
}

# The points of a kind, as `count` takes them: one a word.
points_of() {
    if [ "$1" = network ]; then
        echo 10.20.0.0/16,2001:db8:113::/64
    else
        for point in 1 2 3 4 5 6 7 8 9 10; do
            printf '203.0.113.%d,2001:db8:113::%x\n' "$point" "$point"
        done
    fi
}

new_ledger() { # FOLDER KIND
    rm -rf "$1"
    mimamori init --ledger "$1" --zone UTC --lang en >/dev/null
    for point in $(points_of "$2"); do
        # shellcheck disable=SC2046
        mimamori point add "p$(echo "$point" | cksum | cut -d' ' -f1)" $(echo "$point" | tr , ' ') --ledger "$1"
    done
}

bytes_in() {
    find "$1" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }'
}

keep_sizes() { # CASE PACKETS LEDGER
    printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" \
        "$(mimamori query --ledger "$3" --format csv 'SELECT count(*) FROM sighting' | tail -n 1 | tr -d '\r')" \
        "$(bytes_in "$3/sightings")" "$(bytes_in "$3/summary")" >>"$kept"
}

# Flows, and from them packets and sources of each destination, protocol and port: the question that observe answers.
write_peer() {
    cat >"$work/peer" <<'END_PEER'
#!/bin/sh
set -eu
rm -rf "$2"
mkdir -p "$2"
nfpcapd -r "$1" -w "$2" >/dev/null 2>&1 || nfpcapd -r "$1" -l "$2" >/dev/null 2>&1
nfdump -R "$2" -q -N -A srcip,dstip,proto,dstport -o 'fmt:%da,%pr,%dp,%pkt' |
    awk -F, '{ accesses[$1 FS $2 FS $3] += $4; sources[$1 FS $2 FS $3]++ } END { for (key in sources) n++; print n " groups" }'
END_PEER
    chmod +x "$work/peer"
}

# run_case KIND PACKETS ROUNDS [peers]
run_case() {
    kind=$1
    capture=$work/$1-$2.pcap
    case=$1-$2
    [ -f "$capture" ] || make-capture --kind "$1" --packets "$2" --seed 1 >"$capture"
    for round in $(seq "$3"); do
        cat "$capture" >/dev/null # into the page cache
        measured "$case" "$round" 'empty libpcap loop' empty-pcap "$capture"
        for threads in 1 2; do
            # shellcheck disable=SC2046
            measured "$case" "$round" "counting, threads $threads" count "$threads" "$capture" $(points_of "$kind")
        done
        for threads in 1 2; do
            new_ledger "$work/ledger" "$kind"
            measured "$case" "$round" "mimamori observe, threads $threads" \
                mimamori observe "$capture" --threads "$threads" --ledger "$work/ledger"
        done
        if [ "${4-}" = peers ] && command -v nfpcapd >/dev/null; then
            write_peer
            measured "$case" "$round" 'nfpcapd + nfdump + awk' "$work/peer" "$capture" "$work/flows"
            rm -rf "$work/flows"
        fi
    done
    keep_sizes "$case" "$2" "$work/ledger"
    [ "$case" = points-20000000 ] || rm -f "$capture"
}

# Storing made sightings of half a year, and the bulletin of its last month.
run_half_year() { # SIGHTINGS ROUNDS
    new_ledger "$work/half-year" points
    measured half-year 1 "storing $1 sightings" fill "$work/half-year" "$1"
    for round in $(seq "$2"); do
        measured half-year "$round" "bulletin over $1 sightings" \
            mimamori bulletin 2011-11 --ledger "$work/half-year" --out "$work/bulletin-$round"
        rm -rf "$work/bulletin-$round"
    done
    rm -rf "$work/half-year"
}
