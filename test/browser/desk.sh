#!/bin/sh
# The desk in a browser. Skipped where there is no Chromium. $SHOTS: a folder for pictures of its pages; $STORY: only stories
# whose name holds this.
set -u
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || { echo "1..0 # SKIP there is no Chromium"; exit 0; }
folder=$(mktemp -d)
desk=
trap '[ -z "$desk" ] || { kill "$desk"; wait "$desk"; } 2>/dev/null; rm -rf "$folder"' EXIT
export LC_ALL=C.UTF-8
mkdir -p "$folder/mail/tmp" "$folder/mail/new" "$folder/mail/cur" "$folder/sent"
cat >"$folder/sendmail" <<'END'
#!/bin/sh
exec cat >"$(mktemp "${0%/*}/sent/XXXXXX")"
END
chmod 755 "$folder" "$folder/sendmail"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
origin=http://127.0.0.1:$port
{
    "$MIMAMORI" init --ledger "$folder/ledger" &&
        cat >>"$folder/ledger/ledger.conf" <<END &&
desk-name = 見守り窓口 Example Watch Desk
desk-contact = 電話 00-0000-0000
desk-address = $origin
desk-mail = desk@example.jp
desk-maildir = $folder/mail
desk-sendmail = $folder/sendmail
END
        "$MIMAMORI" desk staff add hana --rights administrator,analyst,intake,editor --ledger "$folder/ledger" >"$folder/added" </dev/null &&
        sed -n 's/^invitation *//p' "$folder/added" >"$folder/invitation"
} >"$folder/log" 2>&1 || {
    sed 's/^/# /' "$folder/log"
    echo "Bail out! there is no desk"
    exit 1
}
"$MIMAMORI" desk --ledger "$folder/ledger" --listen "127.0.0.1:$port" >"$folder/desk.log" 2>&1 &
desk=$!
for _ in $(seq 100); do
    grep -q 'listens' "$folder/desk.log" && break
    sleep 0.1
done
node "${0%/*}/desk.mjs" "$origin" "$folder" ${SHOTS:+"$SHOTS"}
code=$?
grep -v 'listens' "$folder/desk.log" | sed 's/^/# /'
exit $code
