#!/bin/sh
# check-oscap: what libopenscap says through our program of its own is what oscap says, and so is what we make of it for the
# rules of a benchmark.
. "$(dirname "$0")/lib.sh"

if ! command -v oscap >/dev/null || ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP no oscap here"
    exit 0
fi
for document in definitions benchmark-1.1 benchmark-1.2; do
    python3 "$HERE/xccdf.py" $document >$document.xml
done

# ours and theirs are the same, as many, and hold each of these results
the_same() {
    sort ours >ours.sorted
    sort theirs | diff ours.sorted - || return 1
    [ "$(wc -l <ours)" -ge "$1" ] || return 1
    shift
    for result in "$@"; do grep -q ":$result\$" ours || { echo "no $result"; return 1; }; done
}

"$XCCDF" definitions.xml >ours
oscap oval eval definitions.xml 2>err | sed -n 's/^Definition \(.*\): /\1:/p' >theirs
ok 'definitions have the result that oscap gives them' the_same 20 true false unknown
for version in 1.1 1.2; do
    "$XCCDF" definitions.xml benchmark-$version.xml >all
    grep -v ':notselected$' all >ours # oscap passes over them
    oscap xccdf eval --progress benchmark-$version.xml >theirs 2>err
    ok "rules of XCCDF $version have the result that oscap gives them" the_same 40 pass fail unknown notchecked
    ok 'and those that are not selected are told as such' [ "$(grep -c ':notselected$' all)" -eq 4 ]
done

exits 2 'a document that is none is one sentence' "$XCCDF" benchmark-1.1.xml
ok 'which says so' one_sentence err
printf '%s' '<oval_definitions' >cut.xml
exits 2 'so is one that is cut off' "$XCCDF" cut.xml
ok 'which says so' one_sentence err
done_testing
