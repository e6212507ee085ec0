#!/bin/sh
# The demo's bulletin in both languages, opened in Debian's Chromium by bulletin.mjs.
set -u
here=$(dirname "$0")
command -v node >/dev/null && [ -x /usr/bin/chromium ] || {
    echo '1..0 # SKIP no Node.js or no Chromium here'
    exit 0
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export MIMAMORI_LEDGER="$folder/ledger" HOME="$folder"
{
    "$MAKE_DEMO" "$folder/raw" "$COUNTRIES" && "$MAKE_LEDGER" "$folder/raw" "$folder/ledger" &&
        "$MIMAMORI" bulletin 2011-11 --lang ja --out "$folder/ja" &&
        "$MIMAMORI" bulletin 2011-11 --lang en --out "$folder/en"
} >"$folder/log" 2>&1 || {
    sed 's/^/# /' "$folder/log"
    echo 'Bail out! the bulletin could not be made'
    exit 1
}
node "$here/bulletin.mjs" "$folder/ja" "$folder/en"
