#!/bin/sh
# check_versions: `mimamori check versions` of this machine, beside `apt list --upgradable`, which answers the same question:
#     bench/check_versions.sh BUILD [ROUNDS]
# Each round runs both once, one after the other; the table gives medians. Needs apt with its lists, and GNU time.
set -eu
build=${1:?the build folder} rounds=${2:-11}
mimamori=$build/src/mimamori
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

measured() { # NAME COMMAND...
    name=$1
    shift
    code=0
    /usr/bin/time -q -o "$work/time" -f '%e\t%U\t%S\t%M' "$@" >"$work/said" 2>"$work/err" || code=$?
    [ "$code" -ne 2 ] || { cat "$work/err" >&2; exit 2; }
    printf '%s\t%s\n' "$name" "$(tail -n 1 "$work/time")" >>"$work/times"
}
round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    measured 'apt list --upgradable' apt list --upgradable
    measured 'mimamori check versions' "$mimamori" check versions --json
done
median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }
echo '| | wall s | user s | peak MB |'
echo '|---|---|---|---|'
cut -f 1 "$work/times" | sort -u | while read -r name; do
    of() { awk -F '\t' -v name="$name" -v field="$1" '$1 == name { print $field }' "$work/times" | median; }
    printf '| %s | %s | %s | %d |\n' "$name" "$(of 2)" "$(of 3)" "$(($(of 5) / 1024))"
done
echo
echo "$(dpkg-query -Wf '.\n' | wc -l) packages, lists of $(du -cb /var/lib/apt/lists/*_Packages* | awk 'END { printf "%.1f", $1 / 1e6 }') MB, $rounds rounds"
