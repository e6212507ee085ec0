#!/bin/sh
# The demo month, from raw files through the real programs to figures.json, against the published numbers.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
    "$MAKE_DEMO" "$folder/raw" "$COUNTRIES" &&
        "$MAKE_LEDGER" "$folder/raw" "$folder/ledger" &&
        "$MIMAMORI" bulletin 2011-11 --ledger "$folder/ledger" --out "$folder/out"
} >"$folder/log" 2>&1 || {
    sed 's/^/# /' "$folder/log"
    echo "Bail out! the demo could not be made"
    exit 1
}
jq -r -f "${0%/*}/demo-figures.jq" "$folder/out/figures.json"
