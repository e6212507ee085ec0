#!/bin/sh
# bench/check_oval.sh [ROUNDS]: 3, 3,000 and 30,000 OVAL definitions of this machine's packages, judged by this evaluator, by
# the whole of `mimamori check versions` (which also asks apt's lists what is the latest), and by oscap, one after the other in
# every round. A table of medians and of the most memory; all that both said is held together first. Needs time, python3, oscap.
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-3}
build=${BUILD:-build}
work=$(mktemp -d "${TMPDIR:-/tmp}/mimamori-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT

# measured NAME COUNT COMMAND...: a line in times; a check's exit says what it found.
measured() {
    name=$1 count=$2
    shift 2
    /usr/bin/time -o "$work/time" -f '%e %M' "$@" >"$work/said" 2>"$work/err" || [ $? -ne 2 ] || { cat "$work/err" >&2; exit 2; }
    printf '%s\t%s\t%s\n' "$count" "$name" "$(tail -n 1 "$work/time" | tr ' ' '\t')" >>"$work/times"
}

for count in 3 3000 30000; do
    python3 test/flow/oval.py many "$count" >"$work/$count.xml"
    for round in $(seq "$rounds"); do
        measured 'this evaluator' "$count" "$build/test/flow/oval" "$work/$count.xml"
        sort "$work/said" >"$work/ours"
        measured 'mimamori check versions --oval' "$count" "$build/src/mimamori" check versions --oval "$work/$count.xml"
        measured oscap "$count" oscap oval eval "$work/$count.xml"
        sed -n 's/^Definition //p' "$work/said" | sort >"$work/theirs"
        cmp "$work/ours" "$work/theirs" >&2
    done
done

printf '%s cores, load %s, %s packages, %s rounds\n\n' "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)" \
    "$(dpkg-query -W -f '.' | wc -c)" "$rounds"
printf '| definitions | judged by | median s | most MB |\n|---|---|---|---|\n'
sort -t "$(printf '\t')" -k1,1n -k2,2 -k3,3n "$work/times" | awk -F '\t' -v rounds="$rounds" '
    { key = $1 FS $2; if (key != last) { at = 0; most = 0; last = key }
      if ($4 > most) most = $4
      if (++at == int((rounds + 1) / 2)) median = $3
      if (at == rounds) printf "| %s | %s | %.2f | %.0f |\n", $1, $2, median, most / 1024 }'
