#!/bin/sh
# check-order: our order of versions is that of dpkg and of rpm themselves, held together by the thousand.
. "$(dirname "$0")/lib.sh"

# Every answer the same, and all three answers among them.
the_same() {
    paste pairs ours theirs | awk -F'\t' '$3 != $4 { print; wrong = 1 } END { exit wrong }' || return 1
    [ "$(sort -u ours | tr '\n' ' ')" = "-1 0 1 " ] && [ "$(wc -l <ours)" -ge "$1" ]
}

# Real ones: every package's version beside the next one's, and the same version with a sign more.
real() {
    dpkg-query -W -f '${Version}\n' | sort -u | head -1500 >versions
    sed 1d versions | paste versions - | grep -P '\t.'
    sed 's/.*/&\t&~/' versions
}

if command -v dpkg >/dev/null && command -v python3 >/dev/null; then
    python3 "$HERE/order.py" dpkg 5000 >pairs
    real >>pairs
    "$ORDER" dpkg <pairs >ours
    python3 "$HERE/order.py" dpkg judge <pairs >theirs
    ok "dpkg: $(wc -l <pairs) pairs stand as dpkg says" the_same 5000
else
    echo "ok $((COUNT = COUNT + 1)) - dpkg's order # SKIP no dpkg here"
fi

if command -v rpm >/dev/null && command -v python3 >/dev/null; then
    python3 "$HERE/order.py" rpm 5000 >pairs
    "$ORDER" rpm <pairs >ours
    # shellcheck disable=SC2016
    rpm --eval '%{lua: for line in io.lines("pairs") do local a, b = line:match("^(.-)\t(.*)$"); print(rpm.vercmp(a, b) .. "\n") end}' |
        grep . >theirs
    ok "rpm: $(wc -l <pairs) pairs stand as rpm says" the_same 5000
else
    echo "ok $((COUNT = COUNT + 1)) - rpm's order # SKIP no rpm here"
fi
done_testing
