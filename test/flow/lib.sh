# lib: what the flow tests share. Each test is `. "$(dirname "$0")/lib.sh"`, then checks, then `done_testing`.
# $MIMAMORI is the face; every test has a folder of its own, which it stands in, and a ledger path in $MIMAMORI_LEDGER.
set -u
export LC_ALL=C.UTF-8 MIMAMORI_LEDGER=ledger
case "$MIMAMORI" in /*) ;; *) MIMAMORI=$PWD/$MIMAMORI ;; esac
HERE=$(cd "$(dirname "$0")" && pwd)
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/mimamori-flow-XXXXXX")
COUNT=0 FAILED=0 CLEAN=
trap 'eval "$CLEAN"; cd /; rm -rf "$FOLDER"' EXIT
cd "$FOLDER" || exit 1

mimamori() { "$MIMAMORI" "$@"; }

# ok "a sentence" COMMAND...: the command succeeds.
ok() {
    sentence=$1; shift; COUNT=$((COUNT + 1))
    if "$@" >said 2>&1; then
        echo "ok $COUNT - $sentence"
    else
        echo "not ok $COUNT - $sentence"; FAILED=$((FAILED + 1))
        echo "# $*"; sed 's/^/#   /' said
    fi
}

# run COMMAND...: its standard output is in `out`, its standard error in `err`, its exit code in $code.
run() { "$@" >out 2>err; code=$?; }

# exits CODE "a sentence" COMMAND...: runs it, and it exits so.
exits() {
    wanted=$1; sentence=$2; shift 2; run "$@"; COUNT=$((COUNT + 1))
    if [ "$code" -eq "$wanted" ]; then
        echo "ok $COUNT - $sentence"
    else
        echo "not ok $COUNT - $sentence"; FAILED=$((FAILED + 1))
        echo "# $* exited $code (expected $wanted)"; sed 's/^/#   /' out err
    fi
}

# The file is these lines.
is() {
    printf '%s\n' "$2" >wanted; diff -u wanted "$1"
}
# The file holds this text somewhere.
has() {
    grep -qF -e "$2" "$1" || { echo "no '$2' in $1:"; cat "$1"; return 1; }
}
# The file is one line that begins as a message does.
one_sentence() {
    [ "$(wc -l <"$1")" -eq 1 ] && grep -q '^mimamori: ' "$1" || { echo "expected one sentence:"; cat "$1"; return 1; }
}
empty() { [ ! -s "$1" ] || { echo "expected nothing:"; cat "$1"; return 1; }; }
absent() { [ ! -e "$1" ] || { ls -la "$1"; return 1; }; }

# Everything that the ledger says, in one order: what two ledgers are compared by.
ledger_rows() {
    for table in malware_report access_report consultation point sighting; do
        mimamori query --ledger "$1" --format csv "SELECT * FROM $table ORDER BY ALL" || return 1
    done
}
# What a SELECT of one value gives.
value() { mimamori query --format csv "$1" | tail -n 1 | tr -d '\r'; }

skip_all() { echo "1..0 # SKIP $1"; exit 0; }
done_testing() {
    echo "1..$COUNT"
    [ "$FAILED" -eq 0 ]
}
