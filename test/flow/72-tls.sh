#!/bin/sh
# desk --tls: for the open; a certificate, its key, today's versions only, and browsers are held to it.
. "$(dirname "$0")/lib.sh"
. "$HERE/desk.sh"
mimamori init >/dev/null || exit 1
make_pair() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 >/dev/null 2>&1
}
make_pair one; make_pair other
exits 2 "a key of another certificate is refused" mimamori desk --tls one.pem other.key --listen 127.0.0.1:0
ok "and it says what was expected" has err "expected a certificate and its key"
exits 2 "what is no certificate is refused" mimamori desk --tls one.key one.key --listen 127.0.0.1:0

ok "it serves" desk_start --tls one.pem one.key
ok "at https" [ "${URL%%:*}" = https ]
ok "who trusts the certificate reads it" curl -s --cacert one.pem -m 10 -o body -D head "https://localhost:$PORT/en/"
ok "browsers are held to it" has head "Strict-Transport-Security: max-age=31536000"
ok "who does not trust it is told" sh -c "! curl -s -m 10 -o body https://localhost:$PORT/en/"
ok "TLS 1.3 is spoken" curl -sk --tlsv1.3 -m 10 -o body "$URL/en/"
ok "TLS 1.2 is spoken" curl -sk --tls-max 1.2 --tlsv1.2 -m 10 -o body "$URL/en/"
printf '' | openssl s_client -connect "127.0.0.1:$PORT" -tls1_1 -cipher 'ALL:@SECLEVEL=0' >tls11 2>&1
ok "TLS 1.1 is not" has tls11 "Cipher is (NONE)"
printf 'GET /en/ HTTP/1.1\r\nHost: x\r\n\r\n' >plain
ok "and nothing without TLS" sh -c "! curl -s -m 5 http://127.0.0.1:$PORT/en/ | grep -q html"
head -c 9000000 /dev/urandom >nine
ok "a large form comes through" answers 405 /en/ -F f=@nine
desk_stop
ok "told to stop it is done" [ "$code" -eq 0 ]

ok "behind a proxy that speaks TLS" sh -c 'echo "desk-address = https://desk.example.jp" >>ledger/ledger.conf'
ok "it serves plainly" desk_start
ok "..." [ "${URL%%:*}" = http ]
status /en/ >/dev/null
ok "and holds browsers to https" has head "Strict-Transport-Security"
desk_stop
ok "beyond this machine without TLS" sh -c '"$MIMAMORI" desk --listen "*:0" 2>open.err & sleep 2; kill $!; wait $!'
ok "it warns" has open.err "beyond this machine without TLS"
done_testing
