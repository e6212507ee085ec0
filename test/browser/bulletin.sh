#!/bin/sh
# The demo's bulletins in a browser. Skipped where there is no Chromium. $SHOTS: a folder for pictures of them.
set -u
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || { echo "1..0 # SKIP there is no Chromium"; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
    "$MAKE_DEMO" "$folder/raw" "$COUNTRIES" &&
        "$MAKE_LEDGER" "$folder/raw" "$folder/ledger" &&
        "$MIMAMORI" bulletin 2011-11 --ledger "$folder/ledger" --lang ja --out "$folder/ja" &&
        "$MIMAMORI" bulletin 2011-11 --ledger "$folder/ledger" --lang en --out "$folder/en"
} >"$folder/log" 2>&1 || {
    sed 's/^/# /' "$folder/log"
    echo "Bail out! the bulletins could not be made"
    exit 1
}
node "${0%/*}/bulletin.mjs" "$folder/ja" "$folder/en" ${SHOTS:+"$SHOTS"}
