#!/bin/sh
# The face: mimamori finds the program of a command, wherever the two lie together, and says so where it cannot.
set -u
number=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# says EXIT-CODE WORDS COMMAND...: the command ends so, and its two streams hold these words.
says() {
    wanted=$1 words=$2
    shift 2
    told=$("$@" 2>&1 </dev/null)
    code=$?
    case $told in *"$words"*) held=yes ;; *) held=no ;; esac
    number=$((number + 1))
    if [ "$code" = "$wanted" ] && [ $held = yes ]; then
        echo "ok $number - $sentence"
    else
        echo "not ok $number - $sentence"
        printf '%s\n' "exit $code" "$told" | sed 's/^/# /'
    fi
}

echo 1..15
sentence='--version tells the version' && says 0 'mimamori 0.' "$MIMAMORI" --version
sentence='help lists the commands' && says 0 'bulletin' "$MIMAMORI" help
sentence='without a command it is a wrong use' && says 2 'usage: mimamori' "$MIMAMORI"
sentence='a slip of the hand is recognised' && says 2 "did you mean 'mimamori observe'" "$MIMAMORI" obsrve
sentence='another word is no command' && says 2 "'frobnicate' is no command" "$MIMAMORI" frobnicate
sentence='help for another word is no help' && says 2 "'frobnicate' is no command" "$MIMAMORI" help frobnicate
sentence='help of a command is its own --help' && says 0 'usage: mimamori import' "$MIMAMORI" help import
sentence='help of a command of two words is its own' && says 0 'usage: mimamori point add' "$MIMAMORI" help point add
sentence='help of the first of two words lists the second' && says 0 'point list' "$MIMAMORI" help point
sentence='the exit code is that of the part' && says 2 'mimamori: ' "$MIMAMORI" import
sentence='a part writes to standard error as mimamori' &&
    says 2 "mimamori: '--no-such' is no option" "$MIMAMORI" observe --no-such
sentence='the ledger may be named before the command' &&
    says 2 "'$folder/no-ledger" "$MIMAMORI" --ledger "$folder/no-ledger" query 'SELECT 1'
sentence='or with an equals sign' && says 2 "'$folder/no-ledger" "$MIMAMORI" --ledger="$folder/no-ledger" query 'SELECT 1'
cp "$MIMAMORI" "$folder/mimamori"
printf '#!/bin/sh\necho "this is $1 of the folder"\n' >"$folder/mimamori-ledger"
chmod +x "$folder/mimamori-ledger"
sentence='a part beside the face is taken before any other' && says 0 'this is query of the folder' "$folder/mimamori" query
chmod -x "$folder/mimamori-ledger"
sentence='a part that cannot be run is named' && says 2 "'mimamori-ledger' cannot be run" "$folder/mimamori" query
