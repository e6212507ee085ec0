#!/bin/sh
# The pages of checks in a browser, made from golden cases in both languages. Skipped where there is no Chromium. $SHOTS: a
# folder for pictures of them.
set -u
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || { echo "1..0 # SKIP there is no Chromium"; exit 0; }
here=$(cd "${0%/*}" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export SOURCE_DATE_EPOCH=1795435200 HOME="$folder" LC_ALL=C.UTF-8
unset XDG_CONFIG_HOME
mkdir "$folder/pages"
for case in "$here"/../golden/check/page-* "$here/../golden/check/passwords-list-services"; do
    for language in ja en; do
        # shellcheck disable=SC2046 # the words of the case
        (cd "$case" && "$MIMAMORI" check $(cat args) --lang $language --html "$folder/pages/${case##*/}.$language.html") >"$folder/out" 2>"$folder/err"
        if [ $? -eq 2 ] || [ -s "$folder/err" ]; then
            sed 's/^/# /' "$folder/err"
            echo "Bail out! the page of ${case##*/} could not be made"
            exit 1
        fi
    done
done
node "$here/check.mjs" "$folder/pages" ${SHOTS:+"$SHOTS"}
