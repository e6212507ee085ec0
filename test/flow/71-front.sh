#!/bin/sh
# desk: what comes from the world is understood in one way or not at all; each answer carries what keeps a browser safe.
. "$(dirname "$0")/lib.sh"
. "$HERE/desk.sh"
mimamori init >/dev/null || exit 1
mimamori desk staff add hanako --rights administrator >/dev/null </dev/null
exits 2 "no address is refused" mimamori desk --listen nowhere:80
ok "in one sentence" one_sentence err
for bad in '' 80x 127.0.0.1 127.0.0.1:99999 ::1:80 '[::1]' 999.0.0.1:80 :80; do
    exits 2 "'$bad' is no address" mimamori desk --listen "$bad"
done
exits 2 "a certificate without its key is refused" mimamori desk --tls x.pem
exits 2 "a certificate that is not there, too" mimamori desk --tls x.pem y.pem
exits 2 "and a ledger that is not there" mimamori desk --ledger nowhere --listen 127.0.0.1:0

ok "the desk serves" desk_start
ok "it says where" one_sentence desk.err
python3 "$HERE/front.py" "$PORT" >front 2>&1
sed -n 's/^not ok [0-9]* - //p' front >front.bad
ok "$(grep -c '^ok' front) requests as no browser sends them are each answered as they must be" empty front.bad
[ -s front.bad ] && sed 's/^/# /' front
ok "and it said nothing of them" one_sentence desk.err

for path in / /ja/ /en/nothing /en/%00 /en/staff /static/pico.css /static/nothing; do
    status "$path" --path-as-is >/dev/null
    for line in 'X-Content-Type-Options: nosniff' 'Referrer-Policy: ' "Content-Security-Policy: default-src 'none'" \
        'Cross-Origin-Opener-Policy: same-origin' 'Cross-Origin-Resource-Policy: same-origin' "frame-ancestors 'none'"; do
        ok "$path carries '$line'" has head "$line"
    done
done
ok "pages are kept by nobody" answers 200 /en/
ok "..." has head "Cache-Control: no-store"
status /static/pico.css >/dev/null
tag=$(sed -n 's/^ETag: \(.*\)\r$/\1/p' head)
ok "a static file that is known is not sent again" answers 304 /static/pico.css -H "If-None-Match: $tag"
ok "... and one that has changed is" answers 200 /static/pico.css -H 'If-None-Match: "other"'
ok "no program says what it is" sh -c '! grep -qi "^server:" head'

head -c 10485760 /dev/zero >ten; head -c 10485761 /dev/zero >more
ok "a file of 10 MB is taken" answers 405 /en/ -F f=@ten
ok "one byte more is not, and a page says so" answers 413 /en/ -F f=@more
ok "in both languages" has body 'lang="en"'
ok "five files are taken" answers 405 /en/ -F a=@ten -F a=@head -F a=@head -F a=@head -F a=@head
ok "six are not" answers 413 /en/ -F a=@head -F a=@head -F a=@head -F a=@head -F a=@head -F a=@head
ok "what is sent though it is too much is heard to its end" answers 413 /en/ -F a=@ten -F a=@ten -F a=@ten -F a=@ten -F a=@ten -F a=@ten

for name in door public staff; do
    before=$(process $name)
    kill -9 "$before"
    sleep 1
    ok "the process '$name' is begun again" [ -n "$(process $name)" ]
    ok "... as another one" [ "$(process $name)" != "$before" ]
    ok "... and pages are served" answers 200 /en/
    ok "... also the staff's" answers 200 /en/staff/sign-in
    ok "... and it is said" has desk.err "the process '$name' has ended by signal 9"
done
for name in door public staff; do
    ok "the process '$name' has no capabilities" grep -q '^CapEff:[[:space:]]*0*$' "/proc/$(process $name)/status"
    ok "... and no new ones to come" grep -q '^NoNewPrivs:[[:space:]]*1$' "/proc/$(process $name)/status"
    ok "... its calls are filtered" grep -q '^Seccomp:[[:space:]]*2$' "/proc/$(process $name)/status"
    ok "... it leaves no core" grep -q '^Max core file size *0 *0 ' "/proc/$(process $name)/limits"
done
head -c 2000000 /dev/zero >slowly
curl -s -o slow.body -w '%{http_code}\n' --limit-rate 1M -m 20 -F f=@slowly "$URL/en/nothing" >slow.status &
slow=$!
sleep 0.5
children=$(pgrep -P "$desk")
desk_stop
wait "$slow"
ok "told to stop it finishes what has begun to come" is slow.status 404
ok "and is done" [ "$code" -eq 0 ]
# shellcheck disable=SC2086 # a list of them
ok "none of its processes is left" sh -c '[ $# -ge 3 ] && for child in "$@"; do ! kill -0 "$child" 2>/dev/null || exit 1; done' sh $children

if [ "$(id -u)" = 0 ]; then
    chmod 711 .; chown -R 65534:65534 ledger
    ok "as root it serves" desk_start
    for name in door public staff; do
        ok "the process '$name' is whose the ledger is" grep -q '^Uid:	65534	65534	65534	65534' "/proc/$(process $name)/status"
    done
    desk_stop
    ok "no file of root's is left in the ledger" [ -z "$(find ledger -user 0)" ]
fi
done_testing
